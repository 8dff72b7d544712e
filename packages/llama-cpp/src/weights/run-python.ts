import { spawn } from "node:child_process";
import { hideSecrets } from "@catenary/core";
import { WeightsError } from "./weights-error.ts";

/** How Python is called on the platforms. */
const PYTHONS: readonly (readonly [string, ...string[]])[] = [["python3"], ["python"], ["py", "-3"]];

/**
 * Runs a module, whose name is the first argument, as `-m` does, but not out of the folder that it is started in. Its standard input ends
 * with whoever started it, however that ends, and behind whatever programs it was started by; then it ends too.
 */
const PROGRAM = `
import sys
sys.path[:] = [folder for folder in sys.path if folder]
import os, runpy, threading
def end_with_parent():
    os.read(0, 1)
    os._exit(1)
threading.Thread(target=end_with_parent, daemon=True).start()
del sys.argv[0]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
`;

export interface PythonCall {
  readonly module: string;
  readonly args: readonly string[];
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
}

interface Ended {
  readonly code: number | null;
  readonly complaint: string;
}

/**
 * Runs a module in the Python of this machine until it ends. An abort ends it, and rejects with the signal's reason.
 *
 * @throws WeightsError where there is none, or it fails: with its last complaint.
 */
export async function runPython(call: PythonCall): Promise<void> {
  let lacks: string | undefined;
  for (const [file, ...before] of PYTHONS) {
    const ended = await run(file, [...before, "-c", PROGRAM, call.module, ...call.args], call);
    // Windows has a program of that name which only says where Python is sold.
    if (ended === undefined || /Python was not found/.test(ended.complaint)) continue;
    if (ended.code === 0) return;
    const module = /No module named '?([\w.]+)/.exec(ended.complaint)?.[1];
    if (module === undefined) throw new WeightsError("weights_unavailable", `${file} failed: ${lastWords(ended)}`);
    // Another Python of this machine may have it.
    lacks ??= `${file} lacks ${module}`;
  }
  throw new WeightsError("weights_unavailable", lacks ?? "there is no Python on this machine");
}

/** Undefined where there is no such program. */
function run(file: string, args: readonly string[], { environment, signal }: PythonCall): Promise<Ended | undefined> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    // Safe: Node leaves out variables that are undefined.
    const env = environment as NodeJS.ProcessEnv;
    const child = spawn(file, args, { env, stdio: ["pipe", "ignore", "pipe"] });
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-MOST_KEPT);
    });
    // Where it has ended there is nobody to write to.
    child.stdin.on("error", () => {});
    const stop = () => {
      child.stdin.destroy();
      child.kill();
    };
    signal?.addEventListener("abort", stop, { once: true });
    const settle = () => signal?.removeEventListener("abort", stop);
    child.on("error", (error) => {
      settle();
      if ("code" in error && error.code === "ENOENT") resolve(undefined);
      else reject(error);
    });
    // What is called python3 may be a script that starts it, and what that has started holds the pipe a little longer.
    child.on("exit", () => signal?.aborted && child.stderr.destroy());
    child.on("close", (code) => {
      settle();
      if (signal?.aborted) reject(signal.reason);
      else resolve({ code, complaint });
    });
  });
}

const MOST_KEPT = 8_000;

/** The line that says why; the address of an index may have a password in it. */
function lastWords({ code, complaint }: Ended): string {
  // What it says at last is only that it found nothing.
  if (/^WARNING: Retrying .*connection broken by/m.test(complaint))
    return "the index that pip is set to cannot be reached";
  const lines = complaint.split(/\r?\n/).filter((line) => line.trim() !== "");
  const errors = lines.filter((line) => line.startsWith("ERROR:"));
  return hideSecrets({ headers: {} })(errors.at(-1) ?? lines.at(-1) ?? `it ended with code ${code}`).slice(0, 300);
}
