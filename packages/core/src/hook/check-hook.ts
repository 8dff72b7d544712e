import { HookError } from "../errors/hook-error.ts";
import { isJsonObject } from "../value/json.ts";
import type { HookDefinition } from "./hook.ts";

/**
 * Refuses what is no hook, for those who write JavaScript.
 *
 * @throws HookError `hook_request_invalid`
 */
export function checkHook(name: string, definition: unknown): asserts definition is HookDefinition {
  if (typeof definition === "function") return;
  const refuse = (problem: string): never => {
    throw new HookError("hook_request_invalid", `Hook "${name}" ${problem}`, { failure: "chain", hook: name });
  };
  if (!isJsonObject(definition)) {
    return refuse(`must be a function, { run, timeoutMs }, or remoteHook({ url }); got ${typeof definition}.`);
  }
  if (definition.kind === "remote") return;
  const { run, timeoutMs } = definition;
  if (typeof run !== "function")
    return refuse("has no function `run`. For one behind an address write remoteHook({ url }).");
  const isTimeout = timeoutMs === undefined || (typeof timeoutMs === "number" && timeoutMs > 0);
  if (!isTimeout) refuse(`has timeoutMs ${JSON.stringify(timeoutMs)}; it must be a number above 0, or left out.`);
}
