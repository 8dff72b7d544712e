import { CatenaryError, ModelError, type PullProgress } from "@catenary/core";
import { messageOf } from "../message-of.ts";
import { linkSignals } from "../model/link-signals.ts";
import { untilAborted } from "../model/until-aborted.ts";
import type { Origin } from "../origin.ts";
import type { ModelSource, SourceOptions } from "./model-source.ts";

interface Run {
  readonly path: Promise<string>;
  readonly stopping: AbortController;
  readonly listeners: Set<(progress: PullProgress) => void>;
  waiting: number;
}

/**
 * A source that has one run for all who wait for it at the same time. Whoever is aborted waits no longer; a run that nobody waits for
 * is stopped, and not waited for where it does not listen.
 *
 * @param closing Ends all waiting, and lets nobody begin.
 */
export function shareSource(
  source: ModelSource,
  closing: AbortSignal,
  origin: Origin,
): (options: SourceOptions) => Promise<string> {
  let running: Run | undefined;
  const start = (): Run => {
    const stopping = new AbortController();
    const { signal } = stopping;
    const listeners: Run["listeners"] = new Set();
    const onProgress = (progress: PullProgress) => {
      for (const tell of listeners) tell(progress);
    };
    const path = (async () => source({ signal, onProgress }))().then(
      (found: unknown) => {
        if (typeof found === "string" && found !== "") return found;
        throw sourceError(
          origin,
          `gave ${found === "" ? "an empty text" : nameOf(found)}, expected the path of a GGUF file`,
        );
      },
      (cause: unknown) => {
        if (signal.aborted || CatenaryError.isInstance(cause)) throw cause;
        throw sourceError(origin, `failed: ${messageOf(cause)}`, cause);
      },
    );
    const run: Run = { path, stopping, listeners, waiting: 0 };
    const end = () => {
      if (running === run) running = undefined;
    };
    path.then(end, end);
    return run;
  };
  return async ({ signal, onProgress }) => {
    signal?.throwIfAborted();
    closing.throwIfAborted();
    running ??= start();
    const run = running;
    const tell = (progress: PullProgress) => onProgress?.(progress);
    const linked = linkSignals(signal, closing);
    run.listeners.add(tell);
    run.waiting += 1;
    try {
      return await untilAborted(run.path, linked.signal);
    } finally {
      linked.unlink();
      run.listeners.delete(tell);
      run.waiting -= 1;
      if (run.waiting === 0 && running === run) {
        running = undefined;
        run.stopping.abort(new DOMException("nobody waits for the model any longer", "AbortError"));
      }
    }
  };
}

/** Another backend may have the model. */
function sourceError({ backend, model }: Origin, told: string, cause?: unknown): ModelError {
  return new ModelError(`the source of model ${model} on ${backend} ${told}`, {
    failure: "unavailable",
    backend,
    model,
    cause,
  });
}

const nameOf = (value: unknown) =>
  value === undefined || value === null ? "nothing" : `a value of the type ${typeof value}`;
