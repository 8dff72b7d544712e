import { existsSync } from "node:fs";
import { rename, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { PullProgress } from "@catenary/core";
import { checkRoom, writeError } from "./check-room.ts";
import { downloadApart } from "./download-apart.ts";
import { hubUriOf } from "./hub-uri.ts";
import type { HubAnswer } from "./look-up-at-hub.ts";
import { watchStalls } from "./watch-stalls.ts";
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
const STALLED = { who: "the model hub", next: "ask again, and the download goes on where it stopped" };

/** Fetches a file with node-llama-cpp's downloader. Resolves to its path; what is there is kept where it breaks off. */
export async function fetchFromHub(fetching: HubFetch): Promise<string> {
  const { address, answer, folder, fileName, token, signal, onProgress, stallMs } = fetching;
  const library = libraryAddress();
  const path = join(folder, fileName);
  await putBack(path, answer.size);
  const here = await stat(path + UNFINISHED).catch(() => undefined);
  await checkRoom(folder, (answer.size ?? 0) - (here?.blocks ?? 0) * BYTES_OF_BLOCK);
  const stall = watchStalls(stallMs, STALLED);
  try {
    const endpoints = { huggingFace: address };
    const tokens = token === undefined ? {} : { tokens: { huggingFace: token } };
    await downloadApart({
      library,
      settings: { modelUri: hubUriOf(answer.file), dirPath: folder, fileName, endpoints, ...tokens },
      signal: signal === undefined ? stall.signal : AbortSignal.any([signal, stall.signal]),
      onBegin: () => stall.isNew(0),
      onProgress: ({ downloadedSize, totalSize }) => {
        if (stall.isNew(downloadedSize)) onProgress({ status: STATUS, completed: downloadedSize, total: totalSize });
      },
    });
  } catch (error) {
    // Stopped where it closed the file, it has given what has come the name of the whole.
    await putBack(path, answer.size);
    throw writeError(folder, error);
  } finally {
    stall.end();
  }
  if (existsSync(path)) return path;
  throw new WeightsError("weights_unavailable", "the download from the model hub ended without a file", {
    failure: "network",
  });
}

/** Under this name, with what has come of it behind its end, the downloader goes on with a file. */
const UNFINISHED = ".ipull";
/** In which `stat` counts what a file takes on the disk, whatever the disk's own blocks are. */
const BYTES_OF_BLOCK = 512;

/** Gives a file that is not as long as it should be its name of an unfinished one again. */
async function putBack(path: string, size: number | undefined): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && found.size !== size) await rename(path, path + UNFINISHED);
}

function libraryAddress(): string {
  try {
    return pathToFileURL(createRequire(import.meta.url).resolve("node-llama-cpp")).href;
  } catch (error) {
    throw new WeightsError("weights_unavailable", "node-llama-cpp, whose downloader is used, is not installed", {
      cause: error,
    });
  }
}
