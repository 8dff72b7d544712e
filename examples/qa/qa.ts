import { ollama } from "@catenary/ollama";
import { runFile } from "./run-file.ts";

const path =
  process.argv.slice(2).find((argument) => argument !== "--") ?? new URL("qa.json", import.meta.url).pathname;
const { output, steps } = await runFile(path, ollama());
console.log(output);
console.error(`(${steps.map(({ taskId, model, durationMs }) => `${taskId}: ${model}, ${durationMs} ms`).join("; ")})`);
