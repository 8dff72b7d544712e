import { readFile, rename, writeFile } from "node:fs/promises";

/** What a fetched file was compared with. `size`: nobody told a checksum, so only its length and its beginning. */
export type CheckedAgainst = "catalogue" | "hub" | "size";

/** What is known of a file that was fetched. It stands beside the file. */
export interface WeightsRecord {
  readonly name: string;
  readonly fileName: string;
  readonly size: number;
  readonly sha256: string;
  readonly checkedAgainst: CheckedAgainst;
  /** Where it came from, for people. */
  readonly from: string;
  /** RFC 3339. */
  readonly fetchedAt: string;
  /** When the file was last written, in milliseconds: a file that was touched since is checked again. */
  readonly modifiedAtMs: number;
}

/** Undefined where there is none that can be read: then the file is checked, or fetched. */
export async function readRecord(path: string): Promise<WeightsRecord | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Whoever reads it sees the former one or this one, never a part. */
export async function writeRecord(path: string, record: WeightsRecord): Promise<void> {
  await writeFile(`${path}.new`, `${JSON.stringify(record, null, 2)}\n`);
  await rename(`${path}.new`, path);
}

function isRecord(value: unknown): value is WeightsRecord {
  if (typeof value !== "object" || value === null) return false;
  const hasTexts = ["name", "fileName", "sha256", "checkedAgainst", "from", "fetchedAt"].every(
    (field) => typeof Reflect.get(value, field) === "string",
  );
  return hasTexts && ["size", "modifiedAtMs"].every((field) => typeof Reflect.get(value, field) === "number");
}
