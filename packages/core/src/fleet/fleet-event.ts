import type { ErrorData } from "../errors/error-data.ts";
import type { Download } from "./download.ts";

/** What is seen of the backends when they are asked what they serve. `at` is in milliseconds since the Unix epoch. */
export type StateEvent =
  /** It answers: for the first time, or again. */
  | {
      readonly kind: "backend_reachable";
      readonly at: number;
      readonly backend: string;
      readonly models: readonly string[];
    }
  /** It does not answer, for the first time, or no longer. */
  | { readonly kind: "backend_unreachable"; readonly at: number; readonly backend: string; readonly error: ErrorData }
  /** It serves other models than when it was last asked. `updated` are those of the same name with other content. */
  | {
      readonly kind: "models_changed";
      readonly at: number;
      readonly backend: string;
      readonly added: readonly string[];
      readonly removed: readonly string[];
      readonly updated: readonly string[];
    };

export type DownloadEventKind =
  | "download_queued"
  | "download_started"
  /**
   * Not for each line of the server: at most four times a second, and whenever another step begins. Also when a try failed and there is
   * to be another: then the download has its `error` and `retryAt`.
   */
  | "download_progress"
  | "download_completed"
  | "download_failed"
  | "download_cancelled";

/** What becomes of a download. `at` is in milliseconds since the Unix epoch. */
export interface DownloadEvent {
  readonly kind: DownloadEventKind;
  readonly at: number;
  readonly download: Download;
}

/** What happens to backends outside of runs. */
export type FleetEvent = StateEvent | DownloadEvent;

/** The names under which they are heard. */
export type FleetEventMap = {
  readonly [Kind in StateEvent["kind"]]: Extract<StateEvent, { readonly kind: Kind }>;
} & { readonly [Kind in DownloadEventKind]: DownloadEvent & { readonly kind: Kind } };
