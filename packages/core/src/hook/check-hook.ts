import { HookError } from "../errors/hook-error.ts";
import { isJsonObject, type Json, type JsonObject } from "../value/json.ts";
import { checkSchema } from "../value/schema/check-schema.ts";
import { listProblems } from "../value/schema/schema-problem.ts";
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
    return refuse(`must be a function, { run, args, timeoutMs }, or remoteHook({ url }); got ${typeof definition}.`);
  }
  if (definition.kind === "remote") return;
  const { run, timeoutMs, args } = definition;
  if (typeof run !== "function")
    return refuse("has no function `run`. For one behind an address write remoteHook({ url }).");
  const isTimeout = timeoutMs === undefined || (typeof timeoutMs === "number" && timeoutMs > 0);
  if (!isTimeout) refuse(`has timeoutMs ${JSON.stringify(timeoutMs)}; it must be a number above 0, or left out.`);
  const problems = args === undefined ? [] : problemsOf(args);
  if (problems.length > 0) refuse(`has args that are no usable JSON Schema: ${listProblems(problems)}.`);
}

/** A hook is checked at each call, and a schema need be only once. */
const sound = new WeakSet<object>();

function problemsOf(schema: unknown) {
  if (typeof schema === "object" && schema !== null && sound.has(schema)) return [];
  // Safe: anything but an object is a problem of its own.
  const problems = checkSchema(schema as Json);
  if (problems.length === 0) sound.add(schema as JsonObject);
  return problems;
}
