import type { Clock } from "../../surroundings/clock.ts";
import { noPlaceError, shutOutError } from "../selection/explain-shut-out.ts";
import type { ResolveOptions } from "../selection/resolve.ts";
import type { Chosen, Decision, Full, Nobody, Selection } from "../selection/selection.ts";
import type { Changes } from "./changes.ts";
import { standInLine, type WaitEnd } from "./stand-in-line.ts";

/** None came free in time, or too many wait already. */
export interface NoPlace {
  readonly is: "no_place" | "line_full";
}

/**
 * Waits until somebody has a place for a call. Says that there is none, or that nobody may be asked any more, where it has tried others before.
 * Rejects with a `ModelError` where no place came free in time, and with the signal's reason once it aborts.
 */
export function waitForPlace(
  full: Full,
  search: { selectAnew(): Selection; leftOut(): Pick<Decision, "dropped"> },
  { tried, signal, deadlineAt = Infinity }: ResolveOptions,
  { clock, changes }: { readonly clock: Clock; readonly changes: Changes },
): Promise<Chosen | Nobody | NoPlace> {
  const since = clock.now();
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const onAbort = () => {
      giveUp();
      reject(signal.reason);
    };
    const onEnd = (end: WaitEnd) => {
      signal.removeEventListener("abort", onAbort);
      const waitedMs = clock.now() - since;
      if (end.is === "chosen") resolve({ ...end, decision: { ...end.decision, queuedMs: waitedMs } });
      else if (end.is === "failed") reject(end.error);
      else if (tried.length > 0)
        resolve(end.is === "none" ? end : { is: end.is === "line_full" ? end.is : "no_place" });
      else if (end.is === "none") reject(shutOutError(end));
      else {
        const { dropped } = search.leftOut();
        reject(noPlaceError(full.backends, dropped, end.is === "timed_out" ? waitedMs : undefined));
      }
    };
    signal.addEventListener("abort", onAbort, { once: true });
    const mostMs = Math.max(deadlineAt - since, 0);
    const giveUp = standInLine(full, { clock, changes, select: () => search.selectAnew(), mostMs, onEnd });
  });
}
