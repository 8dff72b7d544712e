import type { RoutingConfig } from "../chain/chain.ts";
import { parseDuration } from "../chain/parse-duration.ts";

/** Whoever waits longer for an answer has usually gone away. */
const DEFAULT_DEADLINE_MS = 600_000;

/**
 * Until when model calls may try, in milliseconds since the Unix epoch; undefined: for ever, which `"0"` asks for. What is no
 * duration counts as not given.
 *
 * @param startedAt When the step or the call began.
 */
export function deadlineOf(routing: RoutingConfig | undefined, startedAt: number): number | undefined {
  const deadline = routing?.deadline;
  const givenMs = deadline === undefined ? undefined : parseDuration(deadline);
  const deadlineMs = givenMs === undefined || givenMs < 0 ? DEFAULT_DEADLINE_MS : givenMs;
  return deadlineMs === 0 ? undefined : startedAt + deadlineMs;
}
