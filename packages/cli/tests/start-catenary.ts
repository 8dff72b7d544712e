import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { bundleProgram } from "../../../.ci/bundle-program.ts";

const program = fileURLToPath(new URL("../src/catenary.ts", import.meta.url));
const bundled = await bundleProgram(fileURLToPath(new URL("..", import.meta.url)), program);

/** These load packages themselves: the configuration, and the native library that is installed beside one of them. */
const LOADING = ["--config", "--local"];

export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** The lines of the log so far. */
  lines(): readonly Line[];
  /** Waits until the log has a line of an event. Rejects where the process ends before. */
  line(event: string): Promise<Line>;
}

export type Line = Readonly<Record<string, unknown>>;

export interface Around {
  readonly environment?: Readonly<Record<string, string>>;
  readonly folder?: string;
  /** Gets what ends the process. Default: it ends with the test. */
  readonly onEnd?: (end: () => void) => void;
}

/** A folder that is gone after the test. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "catenary-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the command line as a process of its own. */
export function startCatenary(
  args: readonly string[],
  { environment = {}, folder = tmpdir(), onEnd = onTestFinished }: Around = {},
): Started {
  const isLoading = args.some((argument) => LOADING.includes(argument));
  const start = isLoading ? ["--conditions=@catenary/source", program] : [bundled];
  const child = spawn(process.execPath, [...start, ...args], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? "", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onEnd(() => void child.kill("SIGKILL"));
  let output = "";
  let errors = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    errors += text;
  });
  const ended = once(child, "close").then(([code]): Ended => ({ code, output, errors }));
  const lines = () =>
    output
      .split("\n")
      .slice(0, -1)
      .map((text): Line => JSON.parse(text));
  const line = async (event: string): Promise<Line> => {
    for (;;) {
      const found = lines().find((one) => one.event === event);
      if (found !== undefined) return found;
      const more = once(child.stdout, "data");
      const end = await Promise.race([more.then(() => undefined), ended]);
      if (end !== undefined && !lines().some((one) => one.event === event))
        throw new Error(`it ended with ${end.code} and without a line ${event}: ${end.errors}${end.output}`);
    }
  };
  return { child, ended, lines, line };
}

export interface Serving extends Started {
  readonly url: string;
  /** Asks for JSON. */
  ask(method: string, path: string, body?: unknown): Promise<Asked>;
}

export interface Asked {
  readonly status: number;
  readonly body: unknown;
}

/** Serves on a free port, and waits until it listens. */
export async function serving(args: readonly string[], around: Around = {}): Promise<Serving> {
  const started = startCatenary(["serve", "--port", "0", ...args], around);
  const { url } = await started.line("listening");
  const ask = async (method: string, path: string, body?: unknown): Promise<Asked> => {
    const response = await fetch(`${url}${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "content-type": "application/json" } }),
    });
    const text = await response.text();
    return { status: response.status, body: text === "" ? "" : JSON.parse(text) };
  };
  return { ...started, url: String(url), ask };
}
