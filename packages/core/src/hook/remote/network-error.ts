import { CatenaryError } from "../../errors/catenary-error.ts";
import { connectionFailureOf } from "../../errors/connection-failure.ts";
import { hideSecrets } from "../../errors/hide-secrets.ts";
import { HookError } from "../../errors/hook-error.ts";
import type { RemoteHook } from "../remote-hook.ts";

/**
 * What a failed connection is told as, and what a transport of ours refused to send, which it would refuse again. The platform's own
 * error is not kept as a cause: it may quote the address.
 */
export function networkError(hook: RemoteHook, name: string, error: unknown): HookError {
  const address = new URL(hook.url).origin;
  if (CatenaryError.isInstance(error)) {
    const refusal = hideSecrets(hook)(withoutQueries(error.message));
    const { failure } = error;
    return new HookError("hook_failed", `Hook "${name}": ${refusal}`, { failure, hook: name, address });
  }
  const reason = hideSecrets(hook)(withoutQueries(connectionFailureOf(error).reason));
  return new HookError(
    "hook_failed",
    `Hook "${name}": the request to ${address} failed: ${reason}. Check that the server runs and that the address is right.`,
    { failure: "network", hook: name, address },
  );
}

/** Addresses without user, password, query and fragment: a redirect may have brought one that holds a secret. */
function withoutQueries(text: string): string {
  return text.replace(/(https?:\/\/)(?:[^\s/?#"'<>]*@)?([^\s?#"'<>()]*)(?:[?#][^\s"'<>()]*)?/gi, "$1$2");
}
