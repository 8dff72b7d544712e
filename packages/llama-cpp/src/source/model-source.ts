import type { PullProgress } from "@catenary/core";

export interface SourceOptions {
  /** Stops the fetching. The source then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told how far the file has come. */
  readonly onProgress?: (progress: PullProgress) => void;
}

/**
 * Gives the path of a GGUF file, and may take its time: it may have to be fetched first. Called each time before the model is
 * loaded, by one call at a time.
 */
export interface ModelSource {
  (options: SourceOptions): string | Promise<string>;
  /** The path where the file is here already, without fetching it; undefined where it is not. Lists of models ask it. */
  readonly existing?: () => string | undefined | Promise<string | undefined>;
}
