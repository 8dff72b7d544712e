import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { CatenaryError, createRuntime } from "@catenary/core";
import { llamaCpp } from "@catenary/llama-cpp";
import { openModelFile } from "@catenary/llama-cpp/weights";
import { runChat, type Terminal } from "./run-chat.ts";

const USAGE = `A chat with a model in this process.

  node --conditions=@catenary/source examples/local/main.ts [MODEL]

MODEL: smollm2:135m where none is named, hf:user/repository/file.gguf, or the path of a GGUF file.
`;
const KEYS = "Ctrl-C stops an answer, /new begins a new conversation, Ctrl-D ends the program.\n";

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: "boolean", short: "h" } },
  });
  if (values.help === true) process.stdout.write(USAGE);
  else await chatWith(positionals[0] ?? "smollm2:135m");
} catch (error) {
  // A name that there is not, no network, a file that is no model: whoever started this can mend it, and needs no place in the code.
  const isMisspelt = error instanceof TypeError && "code" in error && error.code === "ERR_PARSE_ARGS_UNKNOWN_OPTION";
  if (!CatenaryError.isInstance(error) && !isMisspelt) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function chatWith(name: string): Promise<void> {
  const path = await fetchModel(name);
  const backend = llamaCpp({ models: { [name]: path } });
  const runtime = createRuntime({ backends: [backend], defaults: { model: name } });
  try {
    // Loads the model: before the first question, not after it, it is known whether there will be answers.
    await backend.tokens.count("Does it load?", name);
    process.stdout.write(KEYS);
    await runChat(runtime, openTerminal());
  } finally {
    await runtime.close();
    await backend.close();
  }
}

async function fetchModel(name: string): Promise<string> {
  const stop = new AbortController();
  const interrupt = () => stop.abort();
  process.once("SIGINT", interrupt);
  try {
    return await openModelFile(name, { output: process.stderr, signal: stop.signal });
  } finally {
    process.off("SIGINT", interrupt);
  }
}

/** Ctrl-C stops an answer; while nothing is written it ends the program, as Ctrl-D does. */
function openTerminal(): Terminal {
  const lines = createInterface({ input: process.stdin, output: process.stdout, prompt: "> " });
  const next = lines[Symbol.asyncIterator]();
  let stop: (() => void) | undefined;
  const interrupt = () => (stop === undefined ? lines.close() : stop());
  lines.on("SIGINT", interrupt);
  process.on("SIGINT", interrupt);
  return {
    async read() {
      lines.prompt();
      const { done, value } = await next.next();
      return done === true ? undefined : value;
    },
    write: (text) => process.stdout.write(text),
    onStop(listener) {
      stop = listener;
      return () => {
        stop = undefined;
      };
    },
  };
}
