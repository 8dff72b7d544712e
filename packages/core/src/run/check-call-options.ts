import { InputError } from "../errors/input-error.ts";
import { describeKind } from "../value/describe-kind.ts";

/**
 * Refuses options that are no object, and a signal that is none, for those who write JavaScript.
 *
 * @throws InputError
 */
export function checkCallOptions(options: unknown): void {
  if (typeof options !== "object" || options === null)
    throw new InputError(`the options of a call are an object; got ${describeKind(options)}`);
  const signal: unknown = Reflect.get(options, "signal");
  // Not by its class: there are AbortSignals of other realms.
  const isSignal = typeof signal === "object" && signal !== null && "aborted" in signal && "addEventListener" in signal;
  if (signal !== undefined && !isSignal)
    throw new InputError(`the signal of a call is an AbortSignal; got ${describeKind(signal)}`);
}
