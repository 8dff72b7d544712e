import { createHash } from "node:crypto";
import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { type CheckedAgainst, readRecord, type WeightsRecord } from "./weights-record.ts";

/** A model file that is on this machine. */
export interface FetchedWeights {
  readonly name: string;
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  readonly sha256: string;
  readonly checkedAgainst: CheckedAgainst;
  /** Where it came from, for people. */
  readonly from: string;
  /** RFC 3339. */
  readonly fetchedAt: string;
}

export const RECORD = "weights.json";
/** Stands in the folder while something is done there. */
export const LOCK = "fetching.lock";

/** Each model has a folder of its own, so that all of it can be removed at once. */
export function folderOf(root: string, name: string, isKnown: boolean): string {
  const readable = name.replace(/[^A-Za-z0-9._-]+/g, "-").slice(-80);
  if (isKnown) return join(root, readable);
  return join(root, `${readable}-${createHash("sha256").update(name).digest("hex").slice(0, 8)}`);
}

/** A model file that is on this machine, but of which it is not known any more whether it is good. */
export interface ChangedWeights extends FetchedWeights {
  /** What `pull` takes to read it again, or to get another. */
  readonly again: string;
}

/** What is in a model's folder, where it is as it was when it was checked; undefined otherwise. Reads none of the model itself. */
export async function weightsIn(folder: string): Promise<FetchedWeights | undefined> {
  const found = await lookInto(folder);
  return found?.isAsItWas === true ? found.weights : undefined;
}

async function lookInto(folder: string): Promise<{ weights: FetchedWeights; isAsItWas: boolean } | undefined> {
  const record = await readRecord(join(folder, RECORD));
  if (record === undefined) return undefined;
  const path = join(folder, record.fileName);
  const file = await stat(path).catch(() => undefined);
  if (file === undefined) return undefined;
  const { name, size, sha256, checkedAgainst, from, fetchedAt } = record;
  const isAsItWas = file.size === size && isDateOf(record, file.mtimeMs);
  return { weights: { name, path, size, sha256, checkedAgainst, from, fetchedAt }, isAsItWas };
}

/** Images of containers keep dates in whole seconds. */
function isDateOf({ modifiedAtMs }: WeightsRecord, mtimeMs: number): boolean {
  return mtimeMs === modifiedAtMs || mtimeMs === Math.floor(modifiedAtMs / 1000) * 1000;
}

/** Everything that is below a folder, by name. */
export async function listWeights(root: string): Promise<readonly FetchedWeights[]> {
  return (await lookBelow(root)).filter(({ isAsItWas }) => isAsItWas).map(({ weights }) => weights);
}

/**
 * Every file below a folder that is not as it was when it was checked, by name.
 *
 * @param hasSource Whether a model of this name can be fetched; another came from where somebody had it.
 */
export async function listChanged(
  root: string,
  hasSource: (name: string) => boolean,
): Promise<readonly ChangedWeights[]> {
  return (await lookBelow(root))
    .filter(({ isAsItWas }) => !isAsItWas)
    .map(({ weights }) => ({ ...weights, again: hasSource(weights.name) ? weights.name : weights.from }));
}

async function lookBelow(root: string) {
  const folders = await readdir(root, { withFileTypes: true }).catch(() => []);
  const found = await Promise.all(
    folders.filter((entry) => entry.isDirectory()).map((entry) => lookInto(join(root, entry.name))),
  );
  return found.filter((one) => one !== undefined).sort((a, b) => a.weights.name.localeCompare(b.weights.name));
}
