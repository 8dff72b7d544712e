import type { ErrorData } from "./error-data.ts";

/** Errors in whose messages there are names, numbers and advice of ours, and nothing that was said. */
const OWN_WORDS: ReadonlySet<string> = new Set([
  "hook_unknown",
  "no_candidate",
  "policy_unknown",
  "step_budget_exceeded",
  "task_timeout",
]);

/** What details say with a name or a number. */
const NAMES = ["taskId", "hook", "address", "backend", "model", "status", "reason"] as const;

/**
 * What a log tells of an error beside its code and its class: who failed, and where, and the message where that quotes nobody. That
 * of a backend or a hook may quote what it was sent.
 */
export function loggedError({ code, message, details = {} }: ErrorData): Readonly<Record<string, unknown>> {
  const named = NAMES.flatMap((name) => {
    const value = details[name];
    return typeof value === "string" || typeof value === "number" ? [[name, value] as const] : [];
  });
  return { ...Object.fromEntries(named), ...(OWN_WORDS.has(code) && { message }) };
}
