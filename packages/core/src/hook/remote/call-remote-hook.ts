import pRetry from "p-retry";
import { HookError } from "../../errors/hook-error.ts";
import { pause } from "../../surroundings/pause.ts";
import type { Json } from "../../value/json.ts";
import type { HookInvocation, HookSurroundings } from "../hook.ts";
import type { HookRetries, RemoteHook } from "../remote-hook.ts";
import { makeRequest } from "./make-request.ts";

/** A server that asks for more is not waited for: whoever ran the task sees its `retryAfterMs`. */
const LONGEST_RETRY_AFTER_MS = 60_000;

/** Calls a remote hook: once, or as often as its `retries` allow. */
export async function callRemoteHook(
  hook: RemoteHook,
  invocation: HookInvocation,
  surroundings: HookSurroundings,
): Promise<Json> {
  const { retries } = hook;
  const { signal } = invocation;
  signal.throwIfAborted();
  if (retries === undefined) return makeRequest(hook, invocation, surroundings);
  try {
    return await pRetry(() => makeRequest(hook, invocation, surroundings), {
      retries: retries.max,
      // The wait is made below, because it depends on the failure and because p-retry knows no clock but its own.
      minTimeout: 0,
      shouldRetry: async ({ error, retriesConsumed }) => {
        const delayMs = delayBeforeRetry(error, retriesConsumed, retries);
        if (delayMs === undefined) return false;
        await pause(delayMs, surroundings.clock, signal);
        return true;
      },
    });
  } catch (error) {
    // p-retry replaces a reason that is no Error.
    signal.throwIfAborted();
    throw error;
  }
}

/** Undefined where another request would fail like the last one, or may not be made so soon. */
function delayBeforeRetry(error: Error, retriesMade: number, { backoffMs }: Required<HookRetries>): number | undefined {
  if (!(error instanceof HookError) || !["rate_limit", "server_error", "timeout", "network"].includes(error.failure)) {
    return undefined;
  }
  const askedMs = error.retryAfterMs ?? 0;
  return askedMs > LONGEST_RETRY_AFTER_MS ? undefined : Math.max(askedMs, backoffMs * 2 ** retriesMade);
}
