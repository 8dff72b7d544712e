import { spawn } from "node:child_process";
import { join } from "node:path";
import type { Values } from "./area.ts";

/** What is measured, and for how long. */
export interface SampleRequest {
  readonly area: string;
  readonly scenario: string;
  readonly contestant: string;
  readonly windowMs: number;
}

const LONGEST_SAMPLE_MS = 300_000;
const ENTRY = join(import.meta.dirname, "../sample.ts");
const FLAGS = ["--expose-gc", "--no-warnings", "--conditions=@catenary/source", "--experimental-import-meta-resolve"];

/** Measures in a new process. Rejects with what it wrote where it failed. */
export function takeSample({ area, scenario, contestant, windowMs }: SampleRequest): Promise<Values> {
  const child = spawn(process.execPath, [...FLAGS, ENTRY, area, scenario, contestant, String(windowMs)], {
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NODE_ENV: "production" },
    timeout: LONGEST_SAMPLE_MS,
  });
  let printed = "";
  let complaints = "";
  child.stdout.on("data", (piece) => {
    printed += piece;
  });
  child.stderr.on("data", (piece) => {
    complaints += piece;
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve(JSON.parse(printed.trim().split("\n").at(-1) ?? ""));
      else reject(new Error(`${signal ?? `exit ${code}`}: ${reasonIn(complaints)}`));
    });
  });
}

/** What an uncaught error says comes before where it was thrown. */
function reasonIn(complaints: string): string {
  return (/^\w*Error: [\s\S]*?(?=\n\s+at )/m.exec(complaints)?.[0] ?? complaints.trim()).slice(-300);
}
