import { createInterface } from "node:readline";
import { CatenaryError, createRuntime } from "@catenary/core";
import { llamaCpp } from "@catenary/llama-cpp";
import { isModelPath, openWeights, showProgress } from "@catenary/llama-cpp/weights";
import { runChat, type Terminal } from "./run-chat.ts";

try {
  await chatWith(process.argv[2] ?? "smollm2:135m");
} catch (error) {
  // A name that there is not, no network, a file that is no model: whoever started this can mend it, and needs no place in the code.
  if (!CatenaryError.isInstance(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}

async function chatWith(name: string): Promise<void> {
  const path = isModelPath(name) ? name : await fetchModel(name);
  const backend = llamaCpp({ models: { [name]: path } });
  const runtime = createRuntime({ backends: [backend], defaults: { model: name } });
  try {
    // Loads the model: before the first question, not after it, it is known whether there will be answers.
    await backend.tokens.count("Does it load?", name);
    await runChat(runtime, openTerminal());
  } finally {
    await runtime.close();
    await backend.close();
  }
}

async function fetchModel(wanted: string): Promise<string> {
  const shown = showProgress(wanted, process.stderr);
  try {
    return (await openWeights().pull(wanted, { onProgress: shown.onProgress })).path;
  } finally {
    shown.close();
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
