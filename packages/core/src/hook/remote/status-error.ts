import { failureOfStatus } from "../../errors/failure-of-status.ts";
import { hideSecrets } from "../../errors/hide-secrets.ts";
import { HookError } from "../../errors/hook-error.ts";
import { retryAfterOf } from "../../errors/retry-after-of.ts";
import type { Clock } from "../../surroundings/clock.ts";
import type { RemoteHook } from "../remote-hook.ts";
import { excerpt } from "./excerpt.ts";
import { readText } from "./read-text.ts";

/** Enough for the excerpt of a message. */
const READ_BYTES = 16 * 1024;

/** What an answer outside 2xx is told as: its status and the beginning of its body. */
export async function statusError(
  hook: RemoteHook,
  name: string,
  response: Response,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<HookError> {
  const { status, headers } = response;
  const retryAfterMs = retryAfterOf(headers, clock.now());
  const body = excerpt(hideSecrets(hook)(await readBeginning(response, signal)));
  const redirect = status < 400 ? ", a redirect that cannot be followed" : "";
  const address = new URL(hook.url).origin;
  return new HookError(
    "hook_failed",
    `Hook "${name}" at ${address} answered with status ${status}${redirect}${body && `: ${body}`}`,
    {
      failure: failureOfStatus(status),
      hook: name,
      address,
      status,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  );
}

/** The status is known and counts, even if the connection breaks before the body is there. */
async function readBeginning(response: Response, signal: AbortSignal): Promise<string> {
  try {
    return (await readText(response, READ_BYTES, signal)).text;
  } catch {
    signal.throwIfAborted();
    return "";
  }
}
