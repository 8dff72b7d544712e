import type { FailureClass } from "../../errors/failure-class.ts";
import type { CallOutcome } from "../selection/leases.ts";
import type { Admission } from "./breaker.ts";
import type { CandidateHealth } from "./candidate-health.ts";

/** What a call that ended remembers of its beginning. */
export interface EndedCall {
  /** In milliseconds since the Unix epoch. */
  readonly startedAt: number;
  readonly admission: Admission;
  /** How many calls the backend had then, this one included. */
  readonly level: number;
  /** How long the first piece of the answer took, in milliseconds. */
  readonly firstTokenMs: number | undefined;
}

/** Failures that are the candidate's own. Being asked to slow down, refusals and what the caller did are not. */
const COUNTS: ReadonlySet<FailureClass> = new Set(["server_error", "timeout", "network", "unavailable", "reply"]);

/** Takes what became of a call into what is known about its candidate. */
export function learn(health: CandidateHealth, call: EndedCall, outcome: CallOutcome, now: number): void {
  if (outcome.is === "answered") learnAnswer(health, call, outcome, now);
  else if (outcome.is === "cancelled") health.breaker.abstained(call.admission);
  else learnFailure(health, call, outcome, now);
}

function learnFailure(
  health: CandidateHealth,
  call: EndedCall,
  { failure, reason, retryAfterMs }: Extract<CallOutcome, { readonly is: "failed" }>,
  now: number,
): void {
  const { backend, breaker, coolDown } = health;
  if (reason === "model_not_found") health.missingSince = now;
  else if (reason === "quota") backend.credential.spent(now, retryAfterMs);
  // Other models and other callers may well be let in: it is held against the pair alone.
  else if (reason === "forbidden") breaker.failed(call.admission, now);
  else if (failure === "auth") backend.credential.refused(now);
  else if (failure === "rate_limit") coolDown.begin(call.startedAt, now, retryAfterMs);
  else if (COUNTS.has(failure)) {
    // Who is full and says for how long is believed; who only says that it is full is counted.
    if (reason === "overloaded" && retryAfterMs !== undefined) coolDown.begin(call.startedAt, now, retryAfterMs);
    if (failure === "timeout" || reason === "overloaded") backend.calm.wasTooMany(call.level, now);
    breaker.failed(call.admission, now);
  }
  // Where it counted there is nothing left to abstain from.
  breaker.abstained(call.admission);
}

function learnAnswer(
  health: CandidateHealth,
  call: EndedCall,
  { inputTokens, outputTokens }: Extract<CallOutcome, { readonly is: "answered" }>,
  now: number,
): void {
  const { startedAt, admission, level, firstTokenMs } = call;
  const { backend } = health;
  const tookMs = Math.max(now - startedAt, 0);
  health.answered(now);
  health.missingSince = undefined;
  health.tokenTime.answered(tookMs, now, inputTokens, outputTokens);
  // The first piece of an answer that comes in one piece is all of it.
  health.firstTokenTime.answered(firstTokenMs ?? tookMs, now);
  health.coolDown.answered(startedAt);
  health.breaker.succeeded(admission, now);
  backend.credential.answered(startedAt);
  backend.calm.answered(level, now);
}
