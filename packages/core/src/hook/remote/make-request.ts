import { HookError } from "../../errors/hook-error.ts";
import { follow } from "../../surroundings/abort.ts";
import { publicOnly } from "../../surroundings/public-only.ts";
import type { Json } from "../../value/json.ts";
import type { HookInvocation, HookSurroundings } from "../hook.ts";
import type { RemoteHook } from "../remote-hook.ts";
import { buildRequest } from "./build-request.ts";
import { networkError } from "./network-error.ts";
import { readResult } from "./read-result.ts";
import { sendRequest } from "./send-request.ts";
import { statusError } from "./status-error.ts";

/** One request to a remote hook and its answer, within the hook's timeout. */
export async function makeRequest(
  hook: RemoteHook,
  invocation: HookInvocation,
  { fetch, clock }: HookSurroundings,
): Promise<Json> {
  const { name } = invocation;
  const request = buildRequest(hook, invocation);
  const controller = new AbortController();
  const { signal } = controller;
  const unfollow = follow(invocation.signal, controller);
  const stopTimer = clock.setTimer(hook.timeoutMs, () => controller.abort(timeoutError(hook, name)));
  try {
    const response = await sendRequest(request, hook.addresses === "public" ? publicOnly(fetch) : fetch, signal);
    if (!response.ok) throw await statusError(hook, name, response, { clock, signal });
    return await readResult(hook, name, response, signal);
  } catch (error) {
    if (error instanceof HookError) throw error;
    // The reason, and not what the platform makes of it.
    signal.throwIfAborted();
    throw networkError(hook, name, error);
  } finally {
    stopTimer();
    unfollow();
  }
}

function timeoutError({ url, timeoutMs }: RemoteHook, name: string): HookError {
  return new HookError(
    "hook_failed",
    `Hook "${name}" at ${new URL(url).origin} gave no whole answer within ${timeoutMs} ms. Raise its timeoutMs if it may take longer.`,
    { failure: "timeout", hook: name },
  );
}
