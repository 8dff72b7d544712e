import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";

/** A server in a process of its own. */
export interface ServerProcess {
  readonly port: number;
  /** User and system time so far, in microseconds; the kernel counts in steps of ten milliseconds. */
  cpuUs(): number;
  /** Megabytes of memory right now. */
  residentMb(): number;
  stop(): void;
}

export interface ServerScript {
  /** What Node runs: a script, and its arguments. */
  readonly run: readonly string[];
  /** Which processor it has for itself. */
  readonly cpu: number;
  readonly env?: Readonly<Record<string, string>>;
}

const FLAGS = ["--no-warnings", "--conditions=@catenary/source", "--experimental-import-meta-resolve"];
const TICK_US = 10_000;
const LONGEST_START_MS = 60_000;

/** Starts a script that prints `{"port":…}` when it listens. Ends with this process, if not before. */
export async function startProcess({ run, cpu, env }: ServerScript): Promise<ServerProcess> {
  const child = spawn("taskset", [...pinnedTo(cpu), process.execPath, ...FLAGS, ...run], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production", ...env },
  });
  const stop = () => void child.kill("SIGKILL");
  process.once("exit", stop);
  // A sample that takes too long is ended by a signal, which would leave its servers behind.
  if (process.listenerCount("SIGTERM") === 0) process.once("SIGTERM", () => process.exit(1));
  const port = await new Promise<number>((resolve, reject) => {
    let printed = "";
    const fail = (what: string) => reject(new Error(`${run.join(" ")} ${what}: ${printed.trim().slice(-300)}`));
    const timer = setTimeout(() => fail("does not listen"), LONGEST_START_MS);
    const onPrinted = (piece: Buffer) => {
      // What it prints later is of no interest, and has to be read all the same.
      if (printed.length < 100_000) printed += piece;
      const told = /\{"port":(\d+)\}/.exec(printed)?.[1];
      if (told === undefined) return;
      clearTimeout(timer);
      resolve(Number(told));
    };
    child.stdout.on("data", onPrinted);
    child.stderr.on("data", onPrinted);
    child.once("error", () => fail("cannot be started"));
    child.once("exit", (code) => fail(`ended with ${code}`));
  });
  return { port, stop, cpuUs: () => cpuUsOf(child.pid), residentMb: () => residentMbOf(child.pid) };
}

/** The gateway gets one processor, and everything else another, so that the others do not take its time. */
export function pinnedTo(cpu: number): readonly string[] {
  return ["-c", String(cpu % availableParallelism())];
}

function cpuUsOf(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name of the process, in brackets, may have anything in it.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

function residentMbOf(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]) / 1024;
}
