import { loggedError } from "../errors/logged-error.ts";
import { type CallEvent, callEvent } from "../routing/call/call-event.ts";
import type { RoutedCall } from "../routing/call/journey.ts";
import type { Logger, LogLevel } from "../surroundings/logger.ts";
import type { RunParts } from "./run-parts.ts";

type Parts = Pick<RunParts, "emitter" | "clock" | "logCall">;

/** Tells of a model call outside of runs that is over: whoever listens, and the logger. */
export function tellCall({ emitter, clock, logCall }: Parts, call: CallEvent["call"], routed: RoutedCall): void {
  const event = callEvent(call, routed, clock.now());
  logCall?.(event);
  // Safe: an event's kind is its name in the map.
  emitter.emit(event.kind, event as never);
}

/** Names, numbers and codes; messages of errors, which may quote an answer, only `withText`. */
export function logCallEvent(logger: Logger, event: CallEvent, withText: boolean): void {
  const { at, call, model, backend, usage, durationMs, route, error } = event;
  logger.log(LEVELS[event.kind], event.kind, {
    at,
    call,
    durationMs,
    tries: route.tried.length,
    ...(model !== undefined && { model }),
    ...(backend !== undefined && { backend }),
    ...(usage !== undefined && { usage }),
    ...(error !== undefined && { code: error.code, failure: error.failure, ...loggedError(error) }),
    ...(error !== undefined && withText && { message: error.message }),
  });
}

const LEVELS: Readonly<Record<CallEvent["kind"], LogLevel>> = {
  call_completed: "info",
  call_failed: "warn",
  call_cancelled: "info",
};
