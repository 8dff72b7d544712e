import type { Stats } from "node:fs";
import { stat } from "node:fs/promises";
import { BrokenFile, checkHeader } from "./check-header.ts";

/** One of the files of a model. */
export interface Part {
  readonly path: string;
  readonly size: number;
  readonly mtimeMs: number;
}

/** How the files of a model in several parts are named. */
const PART = /-\d{5}-of-(\d{5})\.gguf$/;

/**
 * The files of a model, the first one first.
 *
 * @param path Of its first part, or of the only one.
 * @throws BrokenFile where one is missing.
 */
export async function partsOf(path: string): Promise<[Part, ...Part[]]> {
  const count = Number(PART.exec(path)?.[1] ?? 1);
  const start = path.replace(PART, "");
  const parts: [Part, ...Part[]] = [toPart(path, await stat(path))];
  for (let part = 2; part <= count; part += 1) {
    const name = `${start}-${numbered(part)}-of-${numbered(count)}.gguf`;
    const found = await stat(name).catch(() => undefined);
    if (found === undefined) throw new BrokenFile(`its part ${part} of ${count} is not beside it`);
    parts.push(toPart(name, found));
  }
  return parts;
}

/**
 * Checks all files of a model. The library reads them all.
 *
 * @throws BrokenFile
 */
export async function checkParts(parts: readonly Part[], signal: AbortSignal | undefined): Promise<void> {
  for (const [at, { path, size }] of parts.entries()) await checkHeader(path, size, signal, { isFirst: at === 0 });
}

const toPart = (path: string, { size, mtimeMs }: Stats): Part => ({ path, size, mtimeMs });

const numbered = (part: number) => String(part).padStart(5, "0");
