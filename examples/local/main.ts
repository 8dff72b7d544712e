import { createInterface } from "node:readline";
import { createRuntime } from "@catenary/core";
import { llamaCpp } from "@catenary/llama-cpp";
import { isModelPath, openWeights, showProgress } from "@catenary/llama-cpp/weights";
import { runChat, type Terminal } from "./run-chat.ts";

const name = process.argv[2] ?? "smollm2:135m";
const model = { path: isModelPath(name) ? name : await fetchModel(name) };
const backend = llamaCpp({ models: { [name]: model } });
const runtime = createRuntime({ backends: [backend], defaults: { model: name } });
try {
  await runChat(runtime, openTerminal());
} finally {
  await runtime.close();
  await backend.close();
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
