import { existsSync } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { join } from "node:path";
import type { PullProgress } from "@catenary/core";
import type { ModelDownloader } from "node-llama-cpp";
import { hubUriOf } from "./hub-uri.ts";
import type { HubAnswer } from "./look-up-at-hub.ts";
import { WeightsError } from "./weights-error.ts";

export interface HubFetch {
  /** With a slash at its end. */
  readonly address: string;
  readonly answer: HubAnswer;
  /** Where the file comes to be, under its own name; what an interrupted fetch left there is gone on with. */
  readonly folder: string;
  readonly fileName: string;
  readonly token: string | undefined;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: PullProgress) => void;
  /** Without a byte for so long it is given up. */
  readonly stallMs: number;
}

const STATUS = "from the model hub";

/** Fetches a file with node-llama-cpp's downloader. Resolves to its path; what is there is kept where it breaks off. */
export async function fetchFromHub(fetching: HubFetch): Promise<string> {
  const { address, answer, folder, fileName, token, signal, onProgress, stallMs } = fetching;
  const { createModelDownloader } = await loadDownloader();
  const path = join(folder, fileName);
  await putBack(path, answer.size);
  const stall = watchStalls(stallMs);
  const stopped = signal === undefined ? stall.signal : AbortSignal.any([signal, stall.signal]);
  try {
    const downloader = await orStopped(
      createModelDownloader({
        modelUri: hubUriOf(answer.file),
        dirPath: folder,
        fileName,
        endpoints: { huggingFace: address },
        ...(token !== undefined && { tokens: { huggingFace: token } }),
        onProgress: ({ downloadedSize, totalSize }) => {
          if (stall.isNew(downloadedSize)) onProgress({ status: STATUS, completed: downloadedSize, total: totalSize });
        },
      }),
      stopped,
    );
    await download(downloader, stopped);
  } finally {
    stall.end();
  }
  // Where it was stopped the downloader ends as if it were done, and may give what has come the name of the whole.
  if (stopped.aborted) await putBack(path, answer.size);
  stopped.throwIfAborted();
  if (existsSync(path)) return path;
  throw new WeightsError("weights_unavailable", "the download from the model hub ended without a file", {
    failure: "network",
  });
}

type Downloader = Pick<ModelDownloader, "download" | "cancel">;

/** A request that is not answered yet cannot be stopped: nobody waits for it then. What comes late is written nowhere. */
async function download(downloader: Downloader, stopped: AbortSignal): Promise<void> {
  stopped.throwIfAborted();
  let settle = () => {};
  const cancelled = new Promise<void>((resolve) => {
    settle = () => resolve(downloader.cancel({ deleteTempFile: false }));
  });
  stopped.addEventListener("abort", settle, { once: true });
  try {
    await Promise.race([downloader.download(), cancelled]);
  } finally {
    stopped.removeEventListener("abort", settle);
    if (stopped.aborted) await cancelled;
  }
}

/** Under this name, with what has come of it behind its end, the downloader goes on with a file. */
const UNFINISHED = ".ipull";

/** Gives a file that is not as long as it should be its name of an unfinished one again. */
async function putBack(path: string, size: number | undefined): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && found.size !== size) await rename(path, path + UNFINISHED);
}

/** Aborts when nothing new came for too long. */
function watchStalls(stallMs: number) {
  const stop = new AbortController();
  const giveUp = () => stop.abort(stalled(stallMs));
  let timer = setTimeout(giveUp, stallMs);
  let latest = -1;
  return {
    signal: stop.signal,
    /** Whether there is more, or less, than before. */
    isNew(size: number): boolean {
      if (size === latest) return false;
      latest = size;
      clearTimeout(timer);
      timer = setTimeout(giveUp, stallMs);
      return true;
    },
    end: () => clearTimeout(timer),
  };
}

/** The downloader cannot be stopped before it has begun. */
function orStopped<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
    if (signal.aborted) onAbort();
  });
}

function stalled(stallMs: number): WeightsError {
  const message = `the model hub sent nothing for ${stallMs / 1000} s; ask again, and the download goes on where it stopped`;
  return new WeightsError("weights_unavailable", message, { failure: "timeout" });
}

async function loadDownloader(): Promise<Pick<typeof import("node-llama-cpp"), "createModelDownloader">> {
  try {
    return await import("node-llama-cpp");
  } catch (error) {
    throw new WeightsError("weights_unavailable", "node-llama-cpp, whose downloader is used, is not installed", {
      cause: error,
    });
  }
}
