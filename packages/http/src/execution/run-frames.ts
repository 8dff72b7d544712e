import type { RunEvent } from "@catenary/core";
import { frameOf } from "../reply.ts";

const LIVE_ONLY: ReadonlySet<string> = new Set(["step_delta", "step_reset", "events_dropped"]);

/** Events of a run as server-sent events. Whoever stops reading lets go of the run at once. */
export function runFrames(events: AsyncIterableIterator<RunEvent>): AsyncIterableIterator<string> {
  return {
    next: async () => {
      const next = await events.next();
      return next.done === true ? { done: true, value: undefined } : { done: false, value: toFrame(next.value) };
    },
    return: async () => {
      await events.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Only recorded events have an id: after a live one a client comes back to the recorded one before it. */
function toFrame(event: RunEvent): string {
  const id = LIVE_ONLY.has(event.kind) ? "" : `id: ${event.seq}\n`;
  return `${id}event: ${event.kind}\n${frameOf(event)}`;
}
