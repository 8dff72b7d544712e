import type { Call } from "../call.ts";
import { givenUpBecause, serverStops } from "../dispatch/server-stops.ts";
import { type IsNamed, toOpenAIError } from "./openai-error.ts";

/** A failure as its client is told it. Of what the server gave up because it stops, nothing else matters. */
export function toldError(error: unknown, { signal }: Call, isNamed: IsNamed): unknown {
  return givenUpBecause(signal) === "stopped" ? serverStops(error) : toOpenAIError(error, isNamed);
}
