import { execFile, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pinnedTo } from "./server-process.ts";

/** The same request again and again. */
export interface LoadRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a second of load came to. */
export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

const TO_MS = { us: 1e-3, ms: 1, s: 1e3, m: 6e4 };
type Unit = keyof typeof TO_MS;

/** Why no load can be made here; undefined: it can. */
export function whyNoLoad(): string | undefined {
  for (const tool of ["wrk", "taskset"]) {
    if (spawnSync(tool, ["--version"]).error !== undefined) return `${tool} is not installed`;
  }
  return undefined;
}

/** Sends requests over so many connections for a second, each as soon as the one before it is answered. Rejects where one fails. */
export async function load(request: LoadRequest, connections: number, cpu: number): Promise<LoadResult> {
  const folder = mkdtempSync(join(tmpdir(), "catenary-load-"));
  try {
    const script = join(folder, "request.lua");
    writeFileSync(script, toLua(request));
    const wrk = ["wrk", "-t1", `-c${connections}`, "-d1s", "--timeout", "10s", "--latency", "-s", script, request.url];
    return read(await run("taskset", [...pinnedTo(cpu), ...wrk]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function run(command: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(command, args, (error, printed, complaints) => {
      if (error === null) resolve(printed);
      else reject(new Error(`${command} failed: ${complaints}`));
    });
  });
}

/** Names and values have nothing in them that Lua reads otherwise. */
function toLua({ headers, body }: LoadRequest): string {
  const lines = Object.entries(headers).map(([name, value]) => `wrk.headers["${name}"] = "${value}"`);
  return `wrk.method = "POST"\nwrk.body = [==[${body}]==]\n${lines.join("\n")}\n`;
}

function read(printed: string): LoadResult {
  const failed = /Non-2xx or 3xx responses: \d+|Socket errors: (?!connect 0, read 0, write 0).*/.exec(printed)?.[0];
  if (failed !== undefined) throw new Error(failed);
  const [, requests, seconds, unit] = /(\d+) requests in ([\d.]+)(us|ms|s|m)/.exec(printed) ?? [];
  return {
    requests: Number(requests),
    seconds: toMs(seconds, unit) / 1e3,
    p50Ms: percentile(printed, 50),
    p99Ms: percentile(printed, 99),
  };
}

function percentile(printed: string, which: number): number {
  const [, value, unit] = new RegExp(`\\s${which}%\\s+([\\d.]+)(us|ms|s|m)`).exec(printed) ?? [];
  return toMs(value, unit);
}

function toMs(value: string | undefined, unit: string | undefined): number {
  // Safe: the expressions name no other units.
  return Number(value) * TO_MS[(unit ?? "ms") as Unit];
}
