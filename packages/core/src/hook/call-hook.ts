import { HookError } from "../errors/hook-error.ts";
import type { Json } from "../value/json.ts";
import { callLocalHook } from "./call-local-hook.ts";
import { checkHook } from "./check-hook.ts";
import type { HookDefinition, HookInvocation, HookSurroundings } from "./hook.ts";
import { callRemoteHook } from "./remote/call-remote-hook.ts";
import { toPlainJson } from "./to-plain-json.ts";

/**
 * Calls a hook and gives its result as plain JSON.
 *
 * @throws HookError `hook_failed`, `hook_response_invalid` or `hook_request_invalid`; the reason of `invocation.signal`
 * when that aborts.
 */
export async function callHook(
  definition: HookDefinition,
  invocation: HookInvocation,
  surroundings: HookSurroundings,
): Promise<Json> {
  checkHook(invocation.name, definition);
  if (typeof definition === "function") return callLocalHook({ run: definition }, invocation, surroundings.clock);
  if ("run" in definition) return callLocalHook(definition, invocation, surroundings.clock);
  checkArguments(invocation);
  return callRemoteHook(definition, invocation, surroundings);
}

/** What JSON cannot carry would reach a server as null or not at all. */
function checkArguments({ name, input, args }: HookInvocation): void {
  // Each for itself: together they would lie a level deeper than either may.
  for (const [where, value] of Object.entries({ input: input.value, args })) {
    toPlainJson(value, (place, problem) => {
      const message = `Hook "${name}" cannot be called: ${where}${place.slice(1)} ${problem}.`;
      return new HookError("hook_request_invalid", message, { failure: "chain", hook: name });
    });
  }
}
