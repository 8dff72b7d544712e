import type { Call } from "../call.ts";
import { givenUpBecause, serverStops } from "../dispatch/server-stops.ts";
import { withoutAddresses } from "../errors/without-addresses.ts";
import type { Surface } from "../surface.ts";
import { type IsNamed, toOpenAIError } from "./openai-error.ts";

/** A failure as its client is told it. Of what the server gave up because it stops, nothing else matters. */
export function toldError({ runtime }: Surface, error: unknown, { signal }: Call, isNamed: IsNamed): unknown {
  if (givenUpBecause(signal) === "stopped") return serverStops(error);
  return toOpenAIError(error, isNamed, (message) => withoutAddresses(runtime, message));
}
