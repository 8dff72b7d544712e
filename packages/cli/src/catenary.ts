#!/usr/bin/env node
import { systemClock } from "@catenary/core";
import { runCommand } from "./command/run-command.ts";
import { linuxProcesses } from "./serve/launchers.ts";
import { watchLaunchers } from "./serve/watch-launchers.ts";

// Whoever reads our output, such as head, may have seen enough; a server goes on.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

const LINGER_MS = 1_000;
const stop = new AbortController();
for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
  process.on(name, () => {
    // Somebody who asks twice does not want to wait. A terminal that is closed may say so twice by itself.
    if (stop.signal.aborted && name !== "SIGHUP") process.exit(1);
    stop.abort(name);
  });
}

const stopWatching = watchLaunchers(process.pid, { processes: linuxProcesses, clock: systemClock }, () => {
  stop.abort("whoever started this has ended");
});
const exitCode = await runCommand(process.argv.slice(2), {
  environment: process.env,
  folder: process.cwd(),
  output: process.stdout,
  errors: process.stderr,
  stop: stop.signal,
  readInput: async () => {
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdin) chunks.push(chunk);
    return Buffer.concat(chunks).toString("utf8");
  },
});
stopWatching();
// Not at once: what was written to a pipe may still be on its way.
process.exitCode = exitCode;
// A request that nobody waits for any more may still be without an answer.
if (stop.signal.aborted) setTimeout(() => process.exit(), LINGER_MS).unref();
