import pTimeout from "p-timeout";
import { CatenaryError } from "../errors/catenary-error.ts";
import { hideKeys } from "../errors/hide-keys.ts";
import { HookError } from "../errors/hook-error.ts";
import { messageOf } from "../errors/message-of.ts";
import { follow, orAborted } from "../surroundings/abort.ts";
import type { Clock } from "../surroundings/clock.ts";
import { timersOf } from "../surroundings/timers-of.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { schemaCheck } from "../value/schema/schema-check.ts";
import { listProblems } from "../value/schema/schema-problem.ts";
import type { HookInvocation, LocalHook, LocalHookDefinition } from "./hook.ts";
import { toPlainJson } from "./to-plain-json.ts";

/**
 * Calls a hook of this process. Whoever waits is released when the time is over or the signal aborts, even if the hook
 * goes on. A HookError that the hook throws is passed on, so that it can say whether to try again. What looks like a key is
 * told by neither: clients of services quote the headers and addresses that they were given.
 */
export async function callLocalHook(
  { run, timeoutMs, args }: LocalHookDefinition,
  invocation: HookInvocation,
  clock: Clock,
): Promise<Json> {
  const { name, signal } = invocation;
  signal.throwIfAborted();
  if (args !== undefined) checkArgs(args, invocation);
  const controller = new AbortController();
  const unfollow = follow(signal, controller);
  try {
    const work = start(run, { ...invocation, signal: controller.signal });
    const result =
      timeoutMs === undefined
        ? await orAborted(work, signal)
        : await pTimeout(work, {
            signal,
            milliseconds: timeoutMs,
            message: timeoutError(name, timeoutMs),
            customTimers: timersOf(clock),
          });
    return toPlainJson(result, (place, problem) => invalidResult(name, place, problem));
  } catch (error) {
    signal.throwIfAborted();
    const failure = error instanceof HookError ? withoutKeys(error) : thrownError(name, error);
    // Tells a hook that goes on after its timeout that nobody waits any more.
    controller.abort(failure);
    throw failure;
  } finally {
    unfollow();
  }
}

function checkArgs(schema: JsonObject, { name, args }: HookInvocation): void {
  const problems = schemaCheck(schema)(args);
  if (problems.length === 0) return;
  throw new HookError(
    "hook_request_invalid",
    `Hook "${name}" cannot be called: its args are not what its schema says: ${listProblems(problems)}`,
    { failure: "chain", hook: name },
  );
}

/** Turns what is thrown at once into a rejection. */
async function start(run: LocalHook, invocation: HookInvocation): Promise<unknown> {
  return run(invocation);
}

function timeoutError(hook: string, timeoutMs: number): HookError {
  return new HookError(
    "hook_failed",
    `Hook "${hook}" did not end within ${timeoutMs} ms. Raise its timeoutMs if it may take longer.`,
    { failure: "timeout", hook },
  );
}

function invalidResult(hook: string, place: string, problem: string): HookError {
  return new HookError(
    "hook_response_invalid",
    `Hook "${hook}" must return plain JSON data; in its result, ${place} ${problem}.`,
    { failure: "reply", hook },
  );
}

/** An error of ours inside a hook, such as that of a model it called, keeps its kind. */
function thrownError(hook: string, error: unknown): HookError {
  const failure = CatenaryError.isInstance(error) ? error.failure : "code";
  const reason = hideKeys(messageOf(error));
  return new HookError("hook_failed", `Hook "${hook}" threw: ${reason}`, { failure, hook, cause: error });
}

/** The error itself, unless its message has to change. */
function withoutKeys(error: HookError): HookError {
  const message = hideKeys(error.message);
  if (message === error.message) return error;
  const { failure, status, retryAfterMs, details } = error;
  return new HookError(error.code, message, {
    failure,
    ...(typeof details.hook === "string" && { hook: details.hook }),
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}
