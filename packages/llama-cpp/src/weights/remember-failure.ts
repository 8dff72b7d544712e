import { WeightsError } from "./weights-error.ts";

const REMEMBERED_MS = 15_000;

/**
 * Fetches, but after a failure not again for 15 seconds: whoever asks meanwhile gets the same error, at once. Every call that could go
 * to the model would otherwise wait for the hub and start Python. An abort is no failure.
 *
 * @param now Milliseconds that only grow.
 */
export function rememberFailure<Options, Found>(
  fetch: (options: Options) => Promise<Found>,
  now: () => number = () => performance.now(),
): (options: Options) => Promise<Found> {
  let failed: { readonly error: WeightsError; readonly at: number } | undefined;
  return async (options) => {
    if (failed !== undefined && now() - failed.at < REMEMBERED_MS) throw failed.error;
    failed = undefined;
    try {
      return await fetch(options);
    } catch (error) {
      if (error instanceof WeightsError) failed = { error, at: now() };
      throw error;
    }
  };
}
