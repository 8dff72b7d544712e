// Runs programs of pages one after another in this process, each as soon as the one before has nothing left to do: a process for
// each would load all packages again. Its arguments are the file for what came of them, in lines of JSON, and the programs.
import { appendFileSync } from "node:fs";
import { dirname } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";

/** What came of one program. */
export interface Ended {
  readonly file: string;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a process ends with whose top level waits for what never comes. */
const WAITS_FOREVER = 13;

const [, , results = "", ...files] = process.argv;
const platformFetch = globalThis.fetch;
const environment = { ...process.env };
let running: { -readonly [K in keyof Ended]: Ended[K] } | undefined;

async function run(program: typeof running & {}): Promise<void> {
  running = program;
  process.chdir(dirname(program.file));
  process.env = { ...environment };
  globalThis.fetch = platformFetch;
  // Each has the servers to itself, as it would have in a process of its own.
  await import(`./servers.ts?for=${encodeURIComponent(program.file)}`);
  await import(pathToFileURL(program.file).href);
  if (program.code === WAITS_FOREVER) program.code = 0;
}

function fail(error: unknown): void {
  if (running === undefined) throw error;
  running.code = 1;
  running.stderr += inspect(error);
}

process.stdout.write = (chunk) => {
  if (running !== undefined) running.stdout += String(chunk);
  return true;
};
process.stderr.write = (chunk) => {
  if (running !== undefined) running.stderr += String(chunk);
  return true;
};
process.on("uncaughtException", fail);

// Comes whenever nothing is left to do.
process.on("beforeExit", () => {
  if (running !== undefined) appendFileSync(results, `${JSON.stringify(running)}\n`);
  running = undefined;
  const file = files.shift();
  // In a turn of its own: without one the process would end here.
  if (file !== undefined) setImmediate(() => run({ file, code: WAITS_FOREVER, stdout: "", stderr: "" }).catch(fail));
});
