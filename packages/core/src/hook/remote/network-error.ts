import { HookError } from "../../errors/hook-error.ts";
import type { RemoteHook } from "../remote-hook.ts";
import { hideSecrets } from "./hide-secrets.ts";

/** What a failed connection is told as. The platform's own error is not kept as a cause: it may quote the address. */
export function networkError(hook: RemoteHook, name: string, error: unknown): HookError {
  const reason = hideSecrets(hook)(withoutQueries(deepestMessage(error)));
  return new HookError(
    "hook_failed",
    `Hook "${name}": the request to ${new URL(hook.url).origin} failed: ${reason}. Check that the server runs and that the address is right.`,
    { failure: "network", hook: name },
  );
}

/** Node says `fetch failed` and puts what happened into the cause, for several addresses into the first of its errors. */
function deepestMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const inner: unknown = error.cause ?? (error instanceof AggregateError ? error.errors[0] : undefined);
  return inner instanceof Error ? deepestMessage(inner) : error.message || error.name;
}

/** Addresses without user, password, query and fragment: a redirect may have brought one that holds a secret. */
function withoutQueries(text: string): string {
  return text.replace(/(https?:\/\/)(?:[^\s/?#"'<>]*@)?([^\s?#"'<>()]*)(?:[?#][^\s"'<>()]*)?/gi, "$1$2");
}
