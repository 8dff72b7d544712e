import type { AttemptFailed, AttemptSucceeded } from "../engine/fact.ts";
import { CatenaryError, toErrorData } from "../errors/catenary-error.ts";
import type { HandlerResult } from "../handler/handler.ts";
import { freezeValue } from "../value/freeze-value.ts";
import { suggest } from "../value/suggest.ts";
import type { Attempt } from "./attempt.ts";
import { AttemptContext, type AttemptSurroundings } from "./attempt-context.ts";

export type AttemptFact = AttemptSucceeded | AttemptFailed;

/** What an attempt came to, and the error itself where there was one. */
export interface AttemptOutcome {
  readonly fact: AttemptFact;
  readonly error?: unknown;
}

/** The run that an attempt belongs to. */
export interface AttemptOwner extends AttemptSurroundings {
  /** Takes what the attempt came to. What comes later is ignored. */
  settle(attempt: Attempt, outcome: AttemptOutcome): void;
}

/**
 * Makes one attempt of a task, within its time. Never throws. Settles at once where the handler answers at once, so that
 * tasks which wait for nothing cost no turn of the event loop. An interrupted attempt is not waited for, even if its
 * handler ignores the signal.
 */
export function executeAttempt(owner: AttemptOwner, attempt: Attempt): void {
  const { handlers } = owner.parts;
  const { handler: name, id } = attempt.task.definition;
  const named = handlers.get(name);
  if (named === undefined) {
    owner.settle(attempt, failed(owner, attempt, unknownHandler(name, id, [...handlers.keys()])));
    return;
  }
  let running: HandlerResult | Promise<HandlerResult>;
  try {
    running = named.handler.execute(new AttemptContext(owner, attempt));
  } catch (error) {
    owner.settle(attempt, failed(owner, attempt, error));
    return;
  }
  if (isPromise(running)) waitFor(owner, attempt, running);
  else owner.settle(attempt, succeeded(owner, attempt, running));
}

function waitFor(owner: AttemptOwner, attempt: Attempt, running: Promise<HandlerResult>): void {
  const { id, timeout } = attempt.task.definition;
  const { timeoutMs } = attempt.task;
  if (timeoutMs !== undefined)
    attempt.stopTimer = owner.parts.clock.setTimer(timeoutMs, () => attempt.interrupt(timedOut(id, timeout)));
  const fail = (reason: unknown) => owner.settle(attempt, failed(owner, attempt, reason));
  attempt.onInterrupt(fail);
  running.then((result) => owner.settle(attempt, succeeded(owner, attempt, result)), fail);
}

function isPromise(value: HandlerResult | Promise<HandlerResult>): value is Promise<HandlerResult> {
  return typeof value === "object" && value !== null && "then" in value;
}

function succeeded(around: AttemptSurroundings, attempt: Attempt, result: HandlerResult): AttemptOutcome {
  const { effect, startedAt, calls } = attempt;
  const { output, outcome } = result;
  return {
    fact: {
      kind: "attempt_succeeded",
      at: around.parts.clock.now(),
      key: effect.key,
      attempt: effect.attempt,
      startedAt,
      calls,
      // What a step is given is frozen already, and most values of long chains are only passed on.
      output: output === effect.input ? output : freezeValue(output),
      outcome: typeof outcome === "string" ? { text: outcome } : outcome,
    },
  };
}

function failed(around: AttemptSurroundings, attempt: Attempt, error: unknown): AttemptOutcome {
  const { effect, startedAt, calls } = attempt;
  const retryAfterMs = retryAfterIn(error);
  return {
    error,
    fact: {
      kind: "attempt_failed",
      at: around.parts.clock.now(),
      key: effect.key,
      attempt: effect.attempt,
      startedAt,
      calls,
      error: toErrorData(error),
      random: around.parts.random(),
      delivered: around.isDelivered(attempt),
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    },
  };
}

function retryAfterIn(error: unknown): number | undefined {
  if (!CatenaryError.isInstance(error)) return undefined;
  const { retryAfterMs } = error.details;
  return typeof retryAfterMs === "number" ? retryAfterMs : undefined;
}

function unknownHandler(name: string, taskId: string, names: readonly string[]): CatenaryError {
  const meant = suggest(name, names);
  const what =
    name === ""
      ? `task ${taskId} has no handler`
      : `task ${taskId} wants the handler ${JSON.stringify(name)}, which nobody registered`;
  return new CatenaryError(
    "handler_unknown",
    `${what}; there are: ${names.join(", ")}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
    { details: { handler: name } },
  );
}

function timedOut(taskId: string, timeout = ""): CatenaryError {
  return new CatenaryError("task_timeout", `task ${taskId} took longer than its timeout of ${timeout}`, {
    failure: "timeout",
    details: { taskId, timeout },
  });
}
