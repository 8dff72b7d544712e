import { createVirtualClock } from "@catenary/testing";
import { expect, test } from "vitest";
import { launchersOf, linuxProcesses, type ProcessTable } from "./launchers.ts";
import { watchLaunchers } from "./watch-launchers.ts";

/** Processes from the server upwards; the first has the number 100, its parent 99, and so on. */
function processesOf(...commands: readonly string[]): ProcessTable & { end(pid: number): void } {
  const table = new Map(commands.map((command, index) => [100 - index, command]));
  return {
    parentOf: (pid) => (table.has(pid) ? pid - 1 : undefined),
    commandOf: (pid) => table.get(pid) ?? "",
    end: (pid) => void table.delete(pid),
  };
}

const SERVER = "node packages/cli/src/catenary.ts serve";

test.for([
  [
    "npx",
    [SERVER, "sh -c node …", "pnpm serve", "sh -c 'pnpm' serve", "npm exec pnpm@12 serve", "bash"],
    [99, 98, 97, 96],
  ],
  ["pnpm alone", [SERVER, "/bin/sh -c node …", "node /usr/lib/pnpm/bin/pnpm.mjs serve", "bash"], [99, 98]],
  [
    "npx in a shell's line",
    [SERVER, "sh -c x", "pnpm serve", "sh -c y", "npm exec pnpm", "sh -c npx -y pnpm@12 serve &"],
    [99, 98, 97, 96],
  ],
  ["a shell", [SERVER, "bash"], []],
  ["a shell's line", [SERVER, "sh -c catenary serve &", "node supervisor.js"], []],
  ["a supervisor", [SERVER, "/sbin/init"], []],
] as const)("those of a server that was started by %s", ([, commands, launchers]) => {
  expect(launchersOf(100, processesOf(...commands))).toEqual(launchers);
});

test("the end of any of them is told once, and nothing after the watch was ended", async () => {
  const clock = createVirtualClock();
  const processes = processesOf(SERVER, "sh -c x", "pnpm serve", "sh -c y", "npm exec pnpm");
  let told = 0;
  const watch = () => watchLaunchers(100, { processes, clock }, () => told++);
  watch();
  const stop = watch();
  await clock.advance(5_000);
  expect(told).toBe(0);
  stop();
  processes.end(96);
  await clock.advance(5_000);
  expect(told).toBe(1);
});

test.runIf(process.platform === "linux")("Linux tells of this process, and nothing of one that there is not", () => {
  expect(linuxProcesses.parentOf(process.pid)).toBe(process.ppid);
  expect(linuxProcesses.commandOf(process.pid)).not.toBe("");
  expect(linuxProcesses.parentOf(2 ** 30)).toBeUndefined();
});
