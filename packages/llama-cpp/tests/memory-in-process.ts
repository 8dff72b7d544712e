import { readFileSync } from "node:fs";
import { rejection } from "../../testing/src/describe-backend/calls.ts";
import { llamaCppOn } from "../src/llama-cpp-on.ts";
import { THIS_MACHINE } from "../src/read-settings.ts";
import { ask } from "./fixtures/ask.ts";

// Loads a model in a process of its own, has it read a prompt, and says what was thought that it takes and what the process grew by, in MB.
const [path = "", sequences = "1"] = process.argv.slice(2);
const settings = { models: { m: path }, gpu: false, threads: 1, sequences: Number(sequences) } as const;

async function estimate(): Promise<number> {
  const full = llamaCppOn({ ...THIS_MACHINE, available: () => 1 }, settings);
  const error = await rejection(Promise.resolve(full.languageModel("m").doGenerate(ask("Hello."))));
  await full.close();
  return Number(/it takes about (\d+) MB/.exec(String(error))?.[1]);
}

/** What this process has in memory: what it made itself, and pages of files, which the system can take back. */
function inMemory(): { readonly own: number; readonly files: number } {
  const status = readFileSync("/proc/self/status", "utf8");
  const of = (name: string) => (Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) * 1024) / 1_000_000;
  return { own: of("RssAnon"), files: of("RssFile") };
}

const estimated = await estimate();
const before = inMemory();
const backend = llamaCppOn(THIS_MACHINE, settings);
const model = backend.languageModel("m");
const prompt = "The lighthouse stood on the rock. ".repeat(100);
await Promise.all(
  Array.from({ length: settings.sequences }, (_, number) =>
    model.doGenerate(ask(`${number} ${prompt}`, { maxOutputTokens: 2 })),
  ),
);
const after = inMemory();
await backend.close();
const grown = { own: after.own - before.own, files: after.files - before.files };
process.stdout.write(JSON.stringify({ estimated, ...grown }));
