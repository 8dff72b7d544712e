import { Worker } from "node:worker_threads";

/** How far a download has come, in bytes. */
export interface DownloadProgress {
  readonly downloadedSize: number;
  readonly totalSize: number;
}

export interface ApartDownload {
  /** The address of node-llama-cpp's module. */
  readonly library: string;
  /** What its `createModelDownloader` takes, but functions. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  /** Called when the library is loaded, and the hub is asked. */
  readonly onBegin?: () => void;
  readonly onProgress: (progress: DownloadProgress) => void;
}

/** So long a downloader may take to stop: it may hear nothing. */
const GRACE_MS = 2_000;

/** Text, and no file of its own: what bundles this package would leave that behind. */
const PROGRAM = `
const { parentPort, workerData } = require("node:worker_threads");
import(workerData.library).then(async ({ createModelDownloader }) => {
  parentPort.postMessage("begun");
  const onProgress = ({ downloadedSize, totalSize }) => parentPort.postMessage({ downloadedSize, totalSize });
  const downloader = await createModelDownloader({ ...workerData.settings, onProgress });
  parentPort.postMessage("ready");
  parentPort.once("message", async () => {
    await downloader.cancel({ deleteTempFile: false });
    // It does not wait for what it is just writing.
    const isWriting = () => process.getActiveResourcesInfo().some((name) => /FSReq|CloseReq/.test(name));
    do await new Promise((resolve) => setTimeout(resolve, 10)); while (isWriting());
    parentPort.postMessage("stopped");
  });
  await downloader.download();
  parentPort.postMessage("done");
});
`;

/**
 * Runs node-llama-cpp's downloader in a thread of its own. It lets failures to write go without anybody to catch them, which ends a
 * process; of a thread it is an error like any other. An abort has it write what it holds, ends the thread, and rejects
 * with the signal's reason.
 */
export async function downloadApart({ library, settings, signal, onBegin, onProgress }: ApartDownload): Promise<void> {
  signal.throwIfAborted();
  const thread = new Worker(PROGRAM, { eval: true, workerData: { library, settings } });
  let timer: NodeJS.Timeout | undefined;
  let stop = () => {};
  let isReady = false;
  try {
    await new Promise<void>((resolve, reject) => {
      stop = () => {
        // Nothing is written yet, and it may wait for the hub.
        if (!isReady) return resolve();
        thread.postMessage("stop");
        timer = setTimeout(resolve, GRACE_MS);
      };
      signal.addEventListener("abort", stop, { once: true });
      thread.on("error", reject);
      thread.on("exit", () => reject(new Error("the downloader ended before the file was here")));
      thread.on("message", (message: "begun" | "ready" | "done" | "stopped" | DownloadProgress) => {
        // Stopped it ends as if it were done, before all is written.
        if (message === "stopped" || (message === "done" && !signal.aborted)) resolve();
        else if (message === "begun") onBegin?.();
        else if (message === "ready") isReady = true;
        else if (message !== "done") onProgress(message);
      });
    });
    signal.throwIfAborted();
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener("abort", stop);
    clearTimeout(timer);
    await thread.terminate();
  }
}
