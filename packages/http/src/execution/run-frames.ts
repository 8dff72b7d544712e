import type { RunEvent, Runtime } from "@catenary/core";
import { backendNameOf } from "../backend-name-of.ts";
import { frameOf } from "../reply.ts";

const LIVE_ONLY: ReadonlySet<string> = new Set(["step_delta", "step_reset", "events_dropped"]);

export interface RunFrames extends AsyncIterableIterator<string> {
  /** Ends them before the run, because the server stops; the last frame says so. */
  letGo(): void;
}

/** Followers would take the end of the stream for a connection that broke, and never learn what became of the run. */
const SERVER_STOPPING = {
  kind: "server_stopping",
  message: "the server is stopping: a run that is not over when it has stopped is cancelled",
};

/** Events of a run as server-sent events. Whoever stops reading lets go of the run at once. */
export function runFrames(runtime: Runtime, events: AsyncIterableIterator<RunEvent>): RunFrames {
  let isToTell = false;
  return {
    next: async () => {
      const next = await events.next();
      if (next.done !== true) return { done: false, value: toFrame(named(runtime, next.value)) };
      if (!isToTell) return { done: true, value: undefined };
      isToTell = false;
      return { done: false, value: `event: ${SERVER_STOPPING.kind}\n${frameOf(SERVER_STOPPING)}` };
    },
    letGo() {
      isToTell = true;
      void events.return?.().catch(() => {});
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

/** With the name of the backend that answered a step, beside its id. */
function named(runtime: Runtime, event: RunEvent): RunEvent {
  if (!("step" in event) || event.step.backend === undefined) return event;
  return { ...event, step: { ...event.step, ...backendNameOf(runtime, event.step.backend) } };
}

/** Only recorded events have an id: after a live one a client comes back to the recorded one before it. */
function toFrame(event: RunEvent): string {
  const id = LIVE_ONLY.has(event.kind) ? "" : `id: ${event.seq}\n`;
  return `${id}event: ${event.kind}\n${frameOf(event)}`;
}
