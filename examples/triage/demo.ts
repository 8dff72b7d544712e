import { runDemo } from "./run-demo.ts";

const stop = new AbortController();
process.once("SIGINT", () => stop.abort(new Error("stopped from the keyboard")));

// Whoever reads our output, such as head, may have seen enough.
process.stdout.on("error", () => process.exit());

process.exitCode = await runDemo(process.argv.slice(2), {
  output: process.stdout,
  environment: process.env,
  signal: stop.signal,
});

// A request that nobody waits for any more may still be without an answer.
if (stop.signal.aborted) setTimeout(() => process.exit(), 1_000).unref();
