import { constants, existsSync } from "node:fs";
import { access, mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { CatenaryError, type Fetch, hideSecrets, type PullProgress } from "@catenary/core";
import { copyFile } from "./copy-file.ts";
import { checkFetched, type Expected } from "./expected-file.ts";
import { type FetchedFile, fetchFromSource } from "./fetch-from-source.ts";
import { type FetchLock, takeFetchLock } from "./fetch-lock.ts";
import { type FetchedWeights, LOCK, RECORD, weightsIn } from "./fetched-weights.ts";
import { folderError } from "./folder-error.ts";
import { unreachable, type WantedWeights } from "./wanted-weights.ts";
import { WeightsError } from "./weights-error.ts";
import { readRecord, writeRecord } from "./weights-record.ts";

/** What surrounds every fetch of one folder of weights. */
export interface FetchSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: Fetch;
  readonly stallMs: number;
  readonly beatMs: number;
}

export interface FetchOptions {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress: (progress: PullProgress) => void;
}

/** Brings a model file into its folder, where it is not there already; one process does it, others wait for that. */
export async function fetchWeights(
  wanted: WantedWeights,
  folder: string,
  options: FetchOptions,
  surroundings: FetchSurroundings,
): Promise<FetchedWeights> {
  const { signal, onProgress } = options;
  const denied = await refusalOf(folder);
  if (denied !== undefined) return readInPlace(wanted, folder, options, denied);
  return alone(folder, options, surroundings, async (lock) => {
    const existing = (await weightsIn(folder)) ?? (await checkExisting(wanted, folder, options));
    if (existing !== undefined) return existing;
    const reasons: string[] = [];
    const both = signal === undefined ? lock.lost : AbortSignal.any([signal, lock.lost]);
    const tell = (progress: PullProgress) => {
      lock.tell(progress);
      onProgress(progress);
    };
    for (const source of wanted.sources) {
      try {
        const fetching = { ...surroundings, folder: join(folder, "fetching"), known: wanted.known };
        const file = await fetchFromSource(source, { ...fetching, signal: both, onProgress: tell });
        return await keep(wanted.name, folder, file);
      } catch (error) {
        both.throwIfAborted();
        const isUnknown = CatenaryError.isInstance(error) && error.code === "weights_unknown";
        if (CatenaryError.isInstance(error) && error.code === "weights_no_room") throw error;
        // Where there is but one place to ask, its own words say it best.
        if (isUnknown && wanted.sources.length === 1) throw error;
        reasons.push(hideSecrets({ headers: {} })(error instanceof Error ? error.message : String(error)));
      }
    }
    throw unreachable(wanted, reasons);
  });
}

/** Takes a copy of a file that somebody brought. The lock is that of the name under which it is kept. */
export async function adoptWeights(
  name: string,
  path: string,
  folder: string,
  options: FetchOptions,
  surroundings: FetchSurroundings,
): Promise<FetchedWeights> {
  const denied = await refusalOf(folder);
  if (denied !== undefined) throw denied;
  return alone(folder, options, surroundings, async () => {
    const copy = join(folder, "fetching", basename(path));
    await copyFile(path, copy, options.signal);
    const checked = await checkFetched(copy, { by: "size" }, options.signal);
    return keep(name, folder, { ...checked, path: copy, fileName: basename(path), from: path });
  });
}

/** Does something while no other process does the like in a folder. */
async function alone<T>(
  folder: string,
  { signal, onProgress }: FetchOptions,
  { beatMs }: FetchSurroundings,
  work: (lock: FetchLock) => Promise<T>,
): Promise<T> {
  const onWait = (progress: PullProgress | undefined) =>
    onProgress({
      ...progress,
      status: `another process fetches it${progress === undefined ? "" : ` (${progress.status})`}`,
    });
  for (;;) {
    const lock = await takeFetchLock(join(folder, LOCK), { signal, beatMs, onWait });
    try {
      // Who had the lock before may have removed everything.
      await prepare(folder);
      return await work(lock);
    } catch (error) {
      // Whoever took over does it now.
      if (!lock.lost.aborted || signal?.aborted) throw error;
    } finally {
      await lock.release();
    }
  }
}

async function prepare(folder: string): Promise<void> {
  await mkdir(join(folder, "fetching"), { recursive: true });
}

/** Why nothing can be written into a folder; undefined where it can. */
async function refusalOf(folder: string): Promise<unknown> {
  try {
    await prepare(folder);
    await access(folder, constants.W_OK);
    return undefined;
  } catch (error) {
    return folderError(folder, error);
  }
}

/** A file that somebody put there, or that was touched since it was checked. A corrupt one is removed. */
async function checkExisting(
  wanted: WantedWeights,
  folder: string,
  { signal, onProgress }: FetchOptions,
): Promise<FetchedWeights | undefined> {
  const found = await existingFile(wanted, folder);
  if (found === undefined) return undefined;
  onProgress({ status: "checking what is here" });
  try {
    return await keep(wanted.name, folder, { ...found, ...(await checkFetched(found.path, found.expected, signal)) });
  } catch (error) {
    signal?.throwIfAborted();
    if (!(error instanceof WeightsError)) throw error;
    onProgress({ status: "what is here is corrupt; fetching it again" });
    return undefined;
  }
}

/** Where nothing can be written the file may still be good, and only its date another. Throws what stands in the way where it is not. */
async function readInPlace(
  wanted: WantedWeights,
  folder: string,
  { signal, onProgress }: FetchOptions,
  denied: unknown,
): Promise<FetchedWeights> {
  const found = await existingFile(wanted, folder);
  if (found === undefined) throw denied;
  onProgress({ status: "checking what is here" });
  const { path, expected, from, fetchedAt } = found;
  const checked = await checkFetched(path, expected, signal).catch(() => undefined);
  signal?.throwIfAborted();
  if (checked === undefined) throw denied;
  return { name: wanted.name, path, ...checked, from, fetchedAt };
}

async function existingFile({ known }: WantedWeights, folder: string) {
  const record = await readRecord(join(folder, RECORD));
  const fileName = record?.fileName ?? known?.fileName;
  const path = fileName === undefined ? undefined : join(folder, basename(fileName));
  if (fileName === undefined || path === undefined || !existsSync(path)) return undefined;
  const expected: Expected = { ...(record ?? known), by: record?.checkedAgainst ?? "catalogue" };
  return { path, fileName, expected, from: record?.from ?? path, fetchedAt: record?.fetchedAt ?? "" };
}

async function keep(name: string, folder: string, file: FetchedFile): Promise<FetchedWeights> {
  const path = join(folder, file.fileName);
  const former = await readRecord(join(folder, RECORD));
  if (former !== undefined && former.fileName !== file.fileName) {
    await rm(join(folder, basename(former.fileName)), { force: true });
  }
  if (file.path !== path) await rename(file.path, path);
  const { size, sha256, checkedAgainst, fileName, from } = file;
  const { mtimeMs } = await stat(path);
  const kept = { name, size, sha256, checkedAgainst, from, fetchedAt: new Date().toISOString() };
  await writeRecord(join(folder, RECORD), { ...kept, fileName, modifiedAtMs: mtimeMs });
  await rm(join(folder, "fetching"), { recursive: true, force: true });
  return { ...kept, path };
}
