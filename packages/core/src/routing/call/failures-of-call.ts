import { CatenaryError } from "../../errors/catenary-error.ts";
import { copyError } from "../../errors/copy-error.ts";
import type { FailureClass } from "../../errors/failure-class.ts";
import { hideKeys } from "../../errors/hide-keys.ts";
import { ModelError } from "../../errors/model-error.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { NobodyElse } from "../selection/resolve.ts";
import type { Silence } from "./interruption.ts";
import type { FailedTry } from "./journey.ts";

/** Failures that another candidate may not have: a key is one backend's. Other refusals would be the same everywhere. */
const PASSES_ON: ReadonlySet<FailureClass> = new Set([
  "auth",
  "rate_limit",
  "server_error",
  "timeout",
  "network",
  "unavailable",
  "reply",
]);

/** Whether another candidate may be asked after this failure. Of those that hold no more, none is, where the conversation was too long. */
export function passesOn(error: CatenaryError): boolean {
  return PASSES_ON.has(error.failure) || reasonOf(error) === "context_length";
}

/**
 * The failure to tell of a call of which every attempt failed: the one about which most can be done, the last one among equals. What
 * the others were stands in its `details.attempts`.
 *
 * @param nobody Why nobody else was asked; in the words of the error where others were there, and in its `details.others`.
 */
export function mostActionable(failures: readonly FailedTry[], nobody?: NobodyElse): CatenaryError | undefined {
  let chosen: FailedTry | undefined;
  for (const failed of failures) {
    if (chosen === undefined || weightOf(failed.error) <= weightOf(chosen.error)) chosen = failed;
  }
  if (chosen === undefined) return undefined;
  const unasked = nobody === undefined ? undefined : whyUnasked(nobody, failures);
  if (failures.length === 1 && unasked === undefined) return chosen.error;
  return withAttempts(chosen.error, failures, unasked);
}

function whyUnasked({ why, dropped }: NobodyElse, failures: readonly FailedTry[]): string | undefined {
  if (UNASKED[why] !== undefined) return UNASKED[why];
  const others = dropped.filter(
    ({ stage, backend, model }) =>
      stage === "available" &&
      failures.every(({ candidate }) => candidate.backend.id !== backend || candidate.model.id !== model),
  );
  if (others.length === 0) return undefined;
  const told = others.slice(0, MOST_OTHERS).map((one) => `${one.model} on ${one.backend}: ${one.why}`);
  return `nobody else could be asked (${told.join("; ")}${others.length > MOST_OTHERS ? "; …" : ""})`;
}

const MOST_OTHERS = 5;

/** Reasons not to ask others who are there. */
const UNASKED: { readonly [Why in NobodyElse["why"]]?: string } = {
  budget: "nobody else was asked, because too many calls went on to others of late (the retry budget is empty)",
  overload: "nobody else was asked, because nobody is known to have room for more",
  context: "nobody else was asked, because nobody is known to hold more",
  no_place: "nobody else was asked, because no place came free in time",
  line_full: "nobody else was asked, because all places are taken and no further call may wait (routing.queueLength)",
};

/** The error again, with what every attempt failed of. */
export function withAttempts(error: CatenaryError, failures: readonly FailedTry[], others?: string): CatenaryError {
  const attempts = failures.map(({ candidate: { backend, model }, error: { code, failure, message, details } }) => ({
    backend: backend.id,
    model: model.id,
    code,
    failure,
    ...(details.reason !== undefined && { reason: details.reason }),
    ...(details.status !== undefined && { status: details.status }),
    message: hideKeys(message).slice(0, MOST_WORDS),
  }));
  const details = { ...error.details, attempts, ...(others !== undefined && { others }) };
  return copyError(error, { details, ...(others !== undefined && { message: `${error.message}; ${others}` }) });
}

const MOST_WORDS = 300;

/** What the caller can mend comes before what it can wait for, and that before what it can only report. */
const WEIGHTS: readonly ((error: CatenaryError) => boolean)[] = [
  ({ failure }) => failure === "chain",
  (error) => error.failure === "bad_request" && reasonOf(error) === undefined,
  (error) => reasonOf(error) === "context_length",
  (error) => reasonOf(error) === "content_filter",
  ({ failure }) => failure === "auth",
  (error) => reasonOf(error) === "quota",
  ({ failure }) => failure === "rate_limit",
  ({ failure }) => failure === "timeout",
  ({ failure }) => failure === "reply",
  ({ failure }) => failure === "server_error" || failure === "network",
];

function weightOf(error: CatenaryError): number {
  const weight = WEIGHTS.findIndex((fits) => fits(error));
  return weight === -1 ? WEIGHTS.length : weight;
}

function reasonOf(error: CatenaryError): unknown {
  return error.details.reason;
}

/** A candidate took too long. */
export function tooSlow({ backend, model }: Candidate, which: Silence, ms: number): ModelError {
  const seconds = `${ms / 1000} s`;
  const words: Readonly<Record<Silence, string>> = {
    first_token: `gave no piece of its answer within ${seconds} (routing.firstTokenTimeoutMs of the backend)`,
    answer: `did not answer within ${seconds} (routing.answerTimeoutMs of the backend)`,
    idle: `fell silent for ${seconds} in the middle of its answer (routing.idleTimeoutMs of the backend)`,
    progress: `sent signs of life for ${seconds}, and no piece of its answer (routing.progressTimeoutMs of the backend)`,
  };
  return new ModelError(`${model.id} on ${backend.id} ${words[which]}`, {
    failure: "timeout",
    reason: which === "first_token" || which === "answer" ? "first_token" : "idle",
    backend: backend.id,
    model: model.id,
  });
}

/** There is no time left, whoever takes the call. */
export function deadlineExceeded(candidate: Candidate | undefined): CatenaryError {
  const who =
    candidate === undefined
      ? "before anybody could be asked"
      : `while ${candidate.model.id} on ${candidate.backend.id} was asked`;
  // Whoever was never asked was not slow: the call stood in line, or waited for lists of models.
  const advice = candidate === undefined ? "make fewer calls at once, or add a backend" : "use a faster model";
  return new CatenaryError(
    "deadline_exceeded",
    `the model call's deadline passed ${who}: raise routing.deadline (a duration such as "20m"; "0" for none), or ${advice}`,
    {
      failure: "timeout",
      details: candidate === undefined ? {} : { backend: candidate.backend.id, model: candidate.model.id },
    },
  );
}
