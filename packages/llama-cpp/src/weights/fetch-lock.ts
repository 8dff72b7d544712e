import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
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
    if (await isCreated(path, mine)) return hold(path, mine, beatMs);
    const holder = await readHolder(path);
    if (holder !== undefined && (await isGone(path, holder, beatMs))) {
      await takeAway(path, holder);
      continue;
    }
    onWait(holder?.progress);
    await pause(beatMs, signal);
  }
}

async function isCreated(path: string, holder: Holder): Promise<boolean> {
  try {
    await writeFile(path, JSON.stringify(holder), { flag: "wx" });
    return true;
  } catch (error) {
    // Windows says EPERM of a file that is just being removed.
    if (error instanceof Error && "code" in error && (error.code === "EEXIST" || error.code === "EPERM")) return false;
    throw error;
  }
}

function hold(path: string, mine: Holder, beatMs: number): FetchLock {
  const lost = new AbortController();
  let progress: PullProgress | undefined;
  let beating: Promise<void> = Promise.resolve();
  const beat = async (): Promise<void> => {
    const holder = await readHolder(path);
    if (holder?.id === mine.id) await writeFile(path, JSON.stringify({ ...mine, progress })).catch(() => {});
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
  if ((await readHolder(aside))?.id === gone.id) await rm(aside, { force: true });
  else await rename(aside, path);
}
