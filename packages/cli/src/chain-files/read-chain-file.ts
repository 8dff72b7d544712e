import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parse as parseYaml } from "yaml";
import type { Surroundings } from "../command/surroundings.ts";
import { UsageError } from "../command/usage-error.ts";

/** What is in a file of JSON or YAML; `-` is the standard input. Throws a UsageError where there is no file or neither is in it. */
export async function readChainFile(name: string, around: Surroundings): Promise<unknown> {
  const text = await read(name, around);
  try {
    // JSON is YAML too, but its own reader says more about its faults. Some editors begin a file with a mark of its byte order.
    const content = text.replace(/^\uFEFF/, "");
    return /^\s*[[{]/.test(content) ? JSON.parse(content) : parseYaml(content);
  } catch (error) {
    throw new UsageError(`${name} is neither JSON nor YAML: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function read(name: string, { folder, readInput }: Surroundings): Promise<string> {
  if (name === "-") return readInput();
  try {
    return await readFile(resolve(folder, name), "utf8");
  } catch (error) {
    throw new UsageError(`${name} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The file that a command was given. */
export function fileOf(positionals: readonly string[]): string {
  const [file] = positionals;
  if (file !== undefined) return file;
  throw new UsageError("a file with a chain is expected, in JSON or YAML; - reads the standard input");
}
