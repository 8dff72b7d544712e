import { connectionFailureOf } from "./connection-failure.ts";
import { ModelError } from "./model-error.ts";

/** Whose connection failed, and what to do about it. */
export interface FailedConnection {
  readonly backend: string;
  readonly model?: string | undefined;
  /** Where it is, for people, without the protocol. */
  readonly place: string;
  /** What the connection goes to, where that is more than the place: `Ollama at http://…`. */
  readonly server?: string;
  /** Blots secrets out of a text. */
  readonly hide: (text: string) => string;
  /** How the address is set: `baseUrl`. */
  readonly setting: string;
  /** What to do where nobody answers. */
  readonly whenNobody: string;
}

/** What a `fetch` of an adapter that rejected, or a body that broke off, becomes: what happened, where, and what to do. */
export function connectionError(error: unknown, failed: FailedConnection): ModelError {
  const { backend, model, place, server = place, hide, setting, whenNobody } = failed;
  const { failure, reason: words, root, isUnresolved, isUnanswered } = connectionFailureOf(error);
  const reason = hide(words);
  // Only the root: what lies around it may carry a whole request, with what people said. Platforms quote a header that they
  // cannot send, and a cause is printed as it is.
  const cause = reason === words ? { cause: root } : {};
  const about = { backend, ...cause, ...(model !== undefined && { model }) };
  if (isUnresolved) {
    const message = `the name of the host in ${place} cannot be resolved: check ${setting}, or the network`;
    return new ModelError(message, { failure: "network", ...about });
  }
  if (isUnanswered)
    return new ModelError(`nothing answers on ${place}: ${whenNobody}`, { failure: "network", ...about });
  return new ModelError(`the connection to ${server} broke: ${reason}`, { failure, ...about });
}
