import pRetry from "p-retry";
import { CatenaryError } from "../errors/catenary-error.ts";
import type { FailureClass } from "../errors/failure-class.ts";
import { ModelError } from "../errors/model-error.ts";
import type { Backend, PullProgress } from "../model/backend.ts";
import { toModelError } from "../model/to-model-error.ts";
import { orAborted } from "../surroundings/abort.ts";
import type { Clock } from "../surroundings/clock.ts";
import { pause } from "../surroundings/pause.ts";
import type { Random } from "../surroundings/random.ts";
import { PullSums } from "./pull-sums.ts";

export interface FetchOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: PullProgress, sums: PullSums) => void;
  /** Called for each failure after which it is tried again, with how long that takes, in milliseconds. */
  readonly onFailedTry: (error: CatenaryError, waitMs: number) => void;
  /** Called when it is tried again. */
  readonly onRetry: () => void;
}

/** How often a fetch may fail in a row without having come any further. */
const MOST_VAIN_RETRIES = 5;
/** The wait before the first retry; twice as long before each next one that follows in vain, up to the longest. */
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** How long a server may say nothing. Checking a large file that has come takes it minutes. */
const SILENCE_MS = 5 * 60_000;

const CAN_PASS: ReadonlySet<FailureClass> = new Set(["rate_limit", "server_error", "timeout", "network"]);

/** Has a backend fetch a model, and again where that fails of what can pass. Resolves when it is there. */
export async function fetchModel(backend: Backend, model: string, options: FetchOptions): Promise<void> {
  const { clock, random, signal, onFailedTry, onRetry } = options;
  let furthest = 0;
  let vain = 0;
  const fetchOnce = async () => {
    const sums = new PullSums();
    try {
      await pullOnce(backend, model, sums, options);
    } catch (error) {
      signal.throwIfAborted();
      // Servers keep what has come: whoever comes further each time arrives.
      vain = sums.completed > furthest ? 0 : vain + 1;
      furthest = Math.max(furthest, sums.completed);
      throw toModelError(error, { backend: backend.id, baseUrl: backend.baseUrl, model, now: clock.now() });
    }
  };
  try {
    await pRetry(fetchOnce, {
      // What bounds it is counted above, and waited for below: p-retry knows no clock but its own.
      retries: Number.POSITIVE_INFINITY,
      minTimeout: 0,
      shouldRetry: async ({ error }) => {
        if (!CatenaryError.isInstance(error) || !CAN_PASS.has(error.failure) || vain > MOST_VAIN_RETRIES) return false;
        const mostMs = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.max(0, vain - 1));
        const waitMs = mostMs * (0.5 + random() / 2);
        onFailedTry(error, waitMs);
        await pause(waitMs, clock, signal);
        onRetry();
        return true;
      },
    });
  } catch (error) {
    // p-retry replaces a reason that is no Error.
    signal.throwIfAborted();
    throw error;
  }
}

async function pullOnce(
  backend: Backend,
  model: string,
  sums: PullSums,
  { clock, signal, onProgress }: FetchOptions,
): Promise<void> {
  const aborter = new AbortController();
  const either = AbortSignal.any([signal, aborter.signal]);
  let heardAt = clock.now();
  let stopTimer = () => {};
  const watch = (delayMs: number) => {
    stopTimer = clock.setTimer(delayMs, () => {
      const silentMs = clock.now() - heardAt;
      if (silentMs >= SILENCE_MS) aborter.abort(tooSilent(backend, model));
      else watch(SILENCE_MS - silentMs);
    });
  };
  watch(SILENCE_MS);
  const hear = (progress: PullProgress) => {
    if (either.aborted) return;
    heardAt = clock.now();
    sums.add(progress);
    onProgress(progress, sums);
  };
  try {
    await orAborted(Promise.resolve(backend.pullModel?.(model, { signal: either, onProgress: hear })), either);
  } finally {
    stopTimer();
  }
}

function tooSilent({ id }: Backend, model: string): ModelError {
  return new ModelError(
    `the backend ${id} said nothing for ${SILENCE_MS / 60_000} minutes while it was fetching ${model}`,
    { failure: "timeout", backend: id, model },
  );
}
