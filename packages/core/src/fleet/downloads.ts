import { CatenaryError, fromErrorData, toErrorData } from "../errors/catenary-error.ts";
import type { Backend, PullProgress } from "../model/backend.ts";
import { orAborted } from "../surroundings/abort.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { Random } from "../surroundings/random.ts";
import { isSameModel } from "../value/is-same-model.ts";
import { type Download, isUnderWay } from "./download.ts";
import { checkPlace, type DownloadPlace, noDownload, notFetched, pullUnsupported } from "./download-errors.ts";
import { change, type Job, newJob } from "./download-job.ts";
import { fetchModel } from "./fetch-model.ts";
import type { DownloadEvent, DownloadEventKind } from "./fleet-event.ts";
import type { PullSums } from "./pull-sums.ts";

export interface DownloadsOptions {
  /** Throws where nobody has this id. */
  readonly backendOf: (id: string) => Backend;
  /** Asks a backend what it serves, before a download counts as completed. */
  readonly askAnew: (backend: Backend) => Promise<unknown>;
  readonly clock: Clock;
  readonly random: Random;
  readonly onEvent: (event: DownloadEvent) => void;
  /** Whether somebody declared that the backend is to have the model. */
  readonly isDeclared: (place: DownloadPlace) => boolean;
}

/** How many models one backend fetches at once. They share its line, so that several together are not faster. */
const AT_ONCE = 1;
/** How many that have ended are remembered. */
const MOST_ENDED = 100;
const ANNOUNCE_EVERY_MS = 250;

/** The models that backends fetch: one job for each backend and model, in the order in which they were asked for. */
export class Downloads {
  readonly #options: DownloadsOptions;
  readonly #jobs = new Map<string, Job>();
  /** Declared models whose download somebody did not want, and which is not listed any more. */
  #unwanted: readonly DownloadPlace[] = [];

  constructor(options: DownloadsOptions) {
    this.#options = options;
  }

  /** Those under way and the last hundred that have ended, in the order in which they were asked for. */
  list(): readonly Download[] {
    return Array.from(this.#jobs.values(), ({ download }) => download);
  }

  /** Undefined where there is none of this id, or where it was forgotten. */
  get(id: string): Download | undefined {
    return this.#jobs.get(id)?.download;
  }

  /** The last download of a model onto a backend; a name without a tag is `latest`. */
  find(backendId: string, model: string): Download | undefined {
    return this.#find(backendId, model)?.download;
  }

  /** Whether its download was cancelled, or deleted while it was under way, so that only a person may ask for it. */
  isUnwanted(backendId: string, model: string): boolean {
    if (this.find(backendId, model)?.state === "cancelled") return true;
    return this.#unwanted.some((place) => isOf(place, backendId, model));
  }

  /** Something was declared, registered or removed. */
  changed(): void {
    this.#unwanted = this.#unwanted.filter((place) => this.#options.isDeclared(place));
  }

  /**
   * Has a backend fetch a model. Where it is under way already, that is the download.
   *
   * @throws RegistryError `not_found` where no backend has the id.
   * @throws CatenaryError `pull_unsupported` where the backend cannot fetch models, `input_invalid` for anything else than two names.
   */
  create(place: DownloadPlace): Download {
    checkPlace(place);
    const { backend: backendId, model } = place;
    this.#backendOf(backendId);
    const known = this.#find(backendId, model);
    if (known !== undefined && isUnderWay(known.download)) return known.download;
    if (known !== undefined) this.#jobs.delete(known.download.id);
    this.#unwanted = this.#unwanted.filter((place) => !isOf(place, backendId, model));
    const job = newJob(backendId, model, this.#options.clock.now());
    this.#jobs.set(job.download.id, job);
    this.#forgetOldest();
    this.#emit("download_queued", job);
    this.#startNext(backendId);
    return job.download;
  }

  /**
   * Stops it; what has come so far stays on the server. True where it was under way; false where there was nothing to stop, because it
   * had ended, or because none has this id: `get(id)` tells which. Unlike `retry` and `delete` it throws for neither, since a download
   * may end, or be forgotten, while somebody decides to stop it.
   */
  cancel(id: string, reason: unknown = cancelledBy(id)): boolean {
    const job = this.#jobs.get(id);
    if (job === undefined || !isUnderWay(job.download)) return false;
    this.#end(job, "cancelled");
    job.controller.abort(reason);
    this.#startNext(job.download.backend);
    return true;
  }

  /** Asks for one again that failed or was cancelled. Throws `not_found`. */
  retry(id: string): Download {
    const { backend, model } = this.#require(id).download;
    return this.create({ backend, model });
  }

  /**
   * Forgets it, and stops it before where it is under way: then `pull: "missing"` does not ask for it until its model is declared
   * anew. Of one that has ended it is also forgotten that it was cancelled, or failed. Throws `not_found`.
   */
  delete(id: string): void {
    const job = this.#require(id);
    if (this.cancel(id)) this.#forget(job);
    else this.#jobs.delete(id);
  }

  /**
   * Resolves when the model can be used. Rejects with what it failed of, or with `download_cancelled`.
   *
   * @param options.signal Ends the wait, not the download.
   */
  async wait(id: string, { signal }: { readonly signal?: AbortSignal } = {}): Promise<Download> {
    const job = this.#require(id);
    await orAborted(job.ended, signal);
    const { state, error } = job.download;
    if (state === "completed") return job.download;
    throw error === undefined ? notFetched(job.download) : fromErrorData(error);
  }

  /** Stops everything that `isGone`, or everything at all. */
  stop(isGone: (download: Download) => boolean, reason: CatenaryError): void {
    for (const { download } of this.#jobs.values()) if (isGone(download)) this.cancel(download.id, reason);
  }

  #find(backendId: string, model: string): Job | undefined {
    for (const job of this.#jobs.values()) {
      if (job.download.backend === backendId && isSameModel(job.download.model, model)) return job;
    }
    return undefined;
  }

  #backendOf(id: string): Backend {
    const backend = this.#options.backendOf(id);
    if (backend.pullModel === undefined) throw pullUnsupported(backend);
    return backend;
  }

  #require(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined) throw noDownload(id, [...this.#jobs.keys()]);
    return job;
  }

  #startNext(backendId: string): void {
    const jobs = [...this.#jobs.values()].filter(({ download }) => download.backend === backendId);
    const running = jobs.filter(({ download }) => download.state === "running");
    const next = jobs.find(({ download }) => download.state === "queued");
    if (next !== undefined && running.length < AT_ONCE) void this.#run(next);
  }

  /** Never rejects. */
  async #run(job: Job): Promise<void> {
    const { clock, random, askAnew } = this.#options;
    const { backend: backendId, model } = job.download;
    const { signal } = job.controller;
    change(job, { state: "running", startedAt: clock.now(), tries: 1 });
    this.#emit("download_started", job);
    try {
      const backend = this.#backendOf(backendId);
      await fetchModel(backend, model, {
        clock,
        random,
        signal,
        onProgress: (progress, sums) => this.#progress(job, progress, sums),
        onFailedTry: (error, waitMs) => {
          const retryAt = clock.now() + Math.round(waitMs);
          change(job, { tries: job.download.tries + 1, error: toErrorData(error), retryAt });
          if (isUnderWay(job.download)) this.#emit("download_progress", job);
        },
        onRetry: () => {
          const { retryAt: _waited, ...download } = job.download;
          job.download = download;
        },
      });
      // Calls find the model as soon as anybody is told that it is there.
      await orAborted(askAnew(backend), signal);
      this.#end(job, "completed");
    } catch (error) {
      if (!signal.aborted) this.#end(job, "failed", error);
    }
    this.#startNext(backendId);
  }

  #progress(job: Job, { status, digest }: PullProgress, sums: PullSums): void {
    if (job.download.state !== "running") return;
    const now = this.#options.clock.now();
    const isNewStep = status !== job.download.status;
    const bytes = sums.total > 0 ? { completedBytes: sums.completed, totalBytes: sums.total } : {};
    const { digest: _before, ...download } = job.download;
    job.download = { ...download, status, ...(digest !== undefined && { digest }), ...bytes };
    if (!isNewStep && now - job.announcedAt < ANNOUNCE_EVERY_MS) return;
    job.announcedAt = now;
    this.#emit("download_progress", job);
  }

  #end(job: Job, state: "completed" | "failed" | "cancelled", error?: unknown): void {
    if (!isUnderWay(job.download)) return;
    const { error: _before, retryAt: _never, ...download } = job.download;
    const failed = error === undefined ? {} : { error: toErrorData(error) };
    job.download = { ...download, state, endedAt: this.#options.clock.now(), ...failed };
    job.end();
    this.#emit(`download_${state}`, job);
  }

  #emit(kind: DownloadEventKind, { download }: Job): void {
    this.#options.onEvent({ kind, at: this.#options.clock.now(), download });
  }

  #forgetOldest(): void {
    const ended = [...this.#jobs.values()].filter(({ download }) => !isUnderWay(download));
    for (const job of ended.slice(0, Math.max(0, ended.length - MOST_ENDED))) this.#forget(job);
  }

  #forget({ download }: Job): void {
    this.#jobs.delete(download.id);
    if (download.state === "cancelled" && this.#options.isDeclared(download)) {
      const { backend, model } = download;
      this.#unwanted = [...this.#unwanted, { backend, model }];
    }
  }
}

function isOf(place: DownloadPlace, backendId: string, model: string): boolean {
  return place.backend === backendId && isSameModel(place.model, model);
}

function cancelledBy(id: string): CatenaryError {
  return new CatenaryError("download_cancelled", `the download ${id} was cancelled`, { failure: "cancelled" });
}
