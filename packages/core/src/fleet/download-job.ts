import { type Download, isUnderWay } from "./download.ts";

/** A download, and what it takes to stop it and to wait for it. */
export interface Job {
  download: Download;
  readonly controller: AbortController;
  /** Resolves when it has ended, however it did. */
  readonly ended: Promise<void>;
  readonly end: () => void;
  announcedAt: number;
}

export function newJob(backend: string, model: string, now: number): Job {
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const id = idOf(backend, model);
  const download: Download = { id, backend, model, state: "queued", tries: 0, queuedAt: now };
  return { download, controller: new AbortController(), ended, end, announcedAt: Number.NEGATIVE_INFINITY };
}

/** Ids of backends and names of models may both have slashes; no two pairs have one id, because the first slash ends the backend's. */
function idOf(backend: string, model: string): string {
  return `${backend.replace(/[%/]/g, encodeURIComponent)}/${model}`;
}

/** Nothing where it has ended. */
export function change(job: Job, parts: Partial<Download>): void {
  if (isUnderWay(job.download)) job.download = { ...job.download, ...parts };
}
