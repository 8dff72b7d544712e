import { resolve } from "node:path";
import { openWeights, type WeightsOptions } from "./open-weights.ts";
import { type ProgressOutput, showProgress } from "./show-progress.ts";
import { isModelPath } from "./wanted-weights.ts";
import { WeightsError } from "./weights-error.ts";

export interface ModelFileOptions extends WeightsOptions {
  /** Shows how the file comes. */
  readonly output: ProgressOutput;
  readonly signal?: AbortSignal | undefined;
  /** Where relative paths begin. Default: the process's folder. */
  readonly from?: string;
}

/** For whoever stops a fetch. True of each way: which of them was under way is not told apart. */
export const STOPPED_FETCH =
  "Stopped. The same command goes on with what came from the model hub; a download by pip, or the copy of a file, begins again.";

/**
 * The path of a model's file, for a program that somebody has started with its name: a path is used as it is, what has another name is
 * fetched where it is not here.
 *
 * @throws WeightsError Where no source gives it; and where the signal aborts, with `STOPPED_FETCH` as its message.
 */
export async function openModelFile(name: string, options: ModelFileOptions): Promise<string> {
  const { output, signal, from = "", ...weights } = options;
  if (isModelPath(name)) return resolve(from, name);
  const shown = showProgress(name, output);
  try {
    const { onProgress } = shown;
    return (await openWeights(weights).pull(name, { onProgress, ...(signal && { signal }) })).path;
  } catch (error) {
    if (!signal?.aborted) throw error;
    throw new WeightsError("weights_unavailable", STOPPED_FETCH, { failure: "cancelled", cause: error });
  } finally {
    shown.close();
  }
}
