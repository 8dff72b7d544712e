import type { Download, Runtime } from "@catenary/core";

const KINDS = [
  "download_queued",
  "download_started",
  "download_progress",
  "download_completed",
  "download_failed",
  "download_cancelled",
] as const;

/**
 * The downloads that are under way, then each change of one, until the signal aborts or nobody reads on. Of the changes of a download
 * that nobody has read yet only the last is kept, so that a slow reader sees where it stands and costs nothing.
 */
export async function* followDownloads(runtime: Runtime, signal: AbortSignal): AsyncGenerator<Download, void, void> {
  const unread = new Map<string, Download>();
  let wake = () => {};
  const note = (download: Download) => {
    unread.set(download.id, download);
    wake();
  };
  const removers = KINDS.map((kind) => runtime.on(kind, ({ download }) => note(download)));
  const stop = () => wake();
  signal.addEventListener("abort", stop, { once: true });
  try {
    for (const download of runtime.downloads.list()) if (download.state === "running") note(download);
    while (!signal.aborted) {
      const [next] = unread;
      if (next === undefined) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      unread.delete(next[0]);
      yield next[1];
    }
  } finally {
    signal.removeEventListener("abort", stop);
    for (const remove of removers) remove();
  }
}
