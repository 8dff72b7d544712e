import type { ErrorData } from "../errors/error-data.ts";

/**
 * - `queued`: others of its backend come first
 * - `running`: its backend is fetching it, or waits a little before it tries again
 * - `completed`: it is there and can be used
 * - `failed`: it was tried often enough; `error` says why
 * - `cancelled`: somebody did not want it; nobody but a person asks for it again
 */
export type DownloadState = "queued" | "running" | "completed" | "failed" | "cancelled";

/** A model that is, was or is to be fetched onto a backend. Another object after each change. */
export interface Download {
  /** `backend/model`; a slash or a percent sign in the backend's id is written as in an address (`%2F`, `%25`). */
  readonly id: string;
  /** The backend's id. */
  readonly backend: string;
  readonly model: string;
  readonly state: DownloadState;
  /** How often it was tried, the try that is under way or waited for included. */
  readonly tries: number;
  /** What the server says that it does. */
  readonly status?: string;
  /** The part of which it says so. */
  readonly digest?: string;
  /** Bytes that are here, of all parts that the server has begun with. */
  readonly completedBytes?: number;
  /** Bytes of all parts that the server has begun with: grows while it goes on. */
  readonly totalBytes?: number;
  /** Why it failed, or why the try before this one did. */
  readonly error?: ErrorData;
  /** When it is tried again, in milliseconds since the Unix epoch; there while it waits for that. */
  readonly retryAt?: number;
  /** In milliseconds since the Unix epoch. */
  readonly queuedAt: number;
  readonly startedAt?: number;
  /** When it was completed, failed or cancelled. */
  readonly endedAt?: number;
}

/** How much of it is here, in whole per cent; undefined where the server has not said. */
export function percentOf({ completedBytes, totalBytes }: Download): number | undefined {
  if (completedBytes === undefined || totalBytes === undefined || totalBytes <= 0) return undefined;
  return Math.min(100, Math.floor((100 * completedBytes) / totalBytes));
}

/** Whether it is still to come. */
export function isUnderWay({ state }: Download): boolean {
  return state === "queued" || state === "running";
}
