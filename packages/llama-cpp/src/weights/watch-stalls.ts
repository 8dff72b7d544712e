import { WeightsError } from "./weights-error.ts";

/** Looks whether a download goes on. */
export interface StallWatch {
  /** Aborts when nothing new came for too long. */
  readonly signal: AbortSignal;
  /** Whether there is more, or less, than before. The first call begins to watch. */
  isNew(size: number): boolean;
  end(): void;
}

/**
 * Gives up a download that brings nothing.
 *
 * @param stallMs After how long.
 * @param told Who sent nothing, and what becomes of it: `${who} sent nothing for 60 s; ${next}`.
 */
export function watchStalls(stallMs: number, told: { readonly who: string; readonly next: string }): StallWatch {
  const stop = new AbortController();
  const giveUp = () => {
    const message = `${told.who} sent nothing for ${stallMs / 1000} s; ${told.next}`;
    stop.abort(new WeightsError("weights_unavailable", message, { failure: "timeout" }));
  };
  let timer: NodeJS.Timeout | undefined;
  let latest = -1;
  return {
    signal: stop.signal,
    isNew(size) {
      if (size === latest) return false;
      latest = size;
      clearTimeout(timer);
      timer = setTimeout(giveUp, stallMs);
      return true;
    },
    end: () => clearTimeout(timer),
  };
}
