import type { PullProgress } from "@catenary/core";

export interface SourceOptions {
  /** Stops the fetching. The source then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told how far the file has come. */
  readonly onProgress?: (progress: PullProgress) => void;
}

/**
 * Gives the path of a GGUF file, and may take its time: it may have to be fetched first. Called each time before the model is
 * loaded, and by `pullModel`; one run serves all who wait at the same time. Its signal is aborted when nobody waits any longer,
 * or the backend is closed. Only a source that goes on after that may be called again while it runs.
 */
export interface ModelSource {
  (options: SourceOptions): string | Promise<string>;
  /** The path where the file is here already, without fetching it; undefined where it is not. Lists of models ask it. */
  readonly existing?: () => string | undefined | Promise<string | undefined>;
}
