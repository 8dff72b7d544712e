import { randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, readFile, rename, rm, stat } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname } from "node:path";
import type { PullProgress } from "@catenary/core";
import { pause } from "./pause.ts";

/** The right to fetch one file, among all processes of this machine. */
export interface FetchLock {
  /** Tells those who wait how far the file has come. */
  tell(progress: PullProgress): void;
  /** Aborts where another process took the lock, because this one was not heard of for too long. */
  readonly lost: AbortSignal;
  release(): Promise<void>;
}

export interface LockOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called again and again while another process has the lock. */
  readonly onWait: (progress: PullProgress | undefined) => void;
  /** How often a holder says that it is alive, and who waits looks. Default 500 ms. */
  readonly beatMs?: number;
}

interface Holder {
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  readonly progress?: PullProgress;
}

/** Of a file that says nothing: its process was ended before it wrote. */
const NOBODY: Holder = { id: "", pid: 0, host: "" };

const BEAT_MS = 500;
/** After so many beats of silence a holder counts as gone; after fewer where its process is known to be. */
const SILENT_BEATS = 30;
const SILENT_BEATS_OF_THE_DEAD = 4;

/** Takes the lock, which is a file, and waits for it where another process has it. Rejects with the signal's reason. */
export async function takeFetchLock(path: string, options: LockOptions): Promise<FetchLock> {
  const { signal, onWait, beatMs = BEAT_MS } = options;
  const mine: Holder = { id: randomUUID(), pid: process.pid, host: hostname() };
  for (;;) {
    signal?.throwIfAborted();
    const file = await createFile(path);
    if (file !== undefined) {
      await tell(file, mine);
      return hold(path, file, mine, beatMs);
    }
    const holder = await readHolder(path);
    if (await isGone(path, holder ?? NOBODY, beatMs)) {
      await takeAway(path, holder ?? NOBODY);
      continue;
    }
    onWait(holder?.progress);
    await pause(beatMs, signal);
  }
}

/** Undefined where there is one. */
async function createFile(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "wx");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    // Another process has removed the model, and its folder.
    if (code === "ENOENT") await mkdir(dirname(path), { recursive: true });
    // Windows says EPERM of a file that is just being removed.
    else if (code !== "EEXIST" && code !== "EPERM") throw error;
    return undefined;
  }
}

/** As long as any holder's text, so that whoever reads it sees one or the other. */
const LENGTH = 1_024;

/** Into the holder's own file: by its path it would be written into another's that has taken its place. */
async function tell(file: FileHandle, holder: Holder): Promise<void> {
  await file.write(JSON.stringify(holder).padEnd(LENGTH), 0);
}

function hold(path: string, file: FileHandle, mine: Holder, beatMs: number): FetchLock {
  const lost = new AbortController();
  let progress: PullProgress | undefined;
  let beating: Promise<void> = Promise.resolve();
  const beat = async (): Promise<void> => {
    const holder = await readHolder(path);
    if (holder?.id === mine.id)
      await tell(file, { ...mine, ...(progress !== undefined && { progress }) }).catch(() => {});
    else if (holder !== undefined) lost.abort(new Error("another process has taken over"));
  };
  const timer = setInterval(() => {
    beating = beating.then(beat);
  }, beatMs);
  timer.unref();
  return {
    tell: (latest) => {
      progress = latest;
    },
    lost: lost.signal,
    async release() {
      clearInterval(timer);
      await beating;
      await file.close();
      if ((await readHolder(path))?.id === mine.id) await rm(path, { force: true });
    },
  };
}

/** Undefined where there is none, or where it is being written just now. */
async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(path, "utf8"));
    const isHolder = ["id", "pid", "host"].every((field) => Reflect.has(Object(value), field));
    // Safe: only this file writes it, and all that is relied on is there.
    return isHolder ? (value as Holder) : undefined;
  } catch {
    return undefined;
  }
}

async function isGone(path: string, { pid, host }: Holder, beatMs: number): Promise<boolean> {
  const heard = await stat(path).catch(() => undefined);
  if (heard === undefined) return false;
  const silentMs = Date.now() - heard.mtimeMs;
  if (silentMs > SILENT_BEATS * beatMs) return true;
  return silentMs > SILENT_BEATS_OF_THE_DEAD * beatMs && host === hostname() && !isAlive(pid);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Two may find the same holder gone: only one of them gets to move its file, and whoever moved another's puts it back. */
async function takeAway(path: string, gone: Holder): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch {
    return;
  }
  if (((await readHolder(aside)) ?? NOBODY).id === gone.id) await rm(aside, { force: true });
  else await rename(aside, path);
}
