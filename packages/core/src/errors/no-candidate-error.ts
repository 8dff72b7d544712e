import { CatenaryError } from "./catenary-error.ts";
import type { FailureClass } from "./failure-class.ts";

/**
 * Why nobody can take a call, as `details.reason`.
 *
 * | reason | what is in the way |
 * |---|---|
 * | `no_backend` | there is no backend, none of the type, or none in the group |
 * | `unreachable` | those that answer do not serve the model, and at least one does not answer |
 * | `credentials` | the same, and all that do not answer refused the credentials (class `auth`) |
 * | `model_not_found` | all answer, and none serves the model |
 * | `fetching` | the same, but the model is being fetched |
 * | `context_length` | the conversation is longer than the context of every model |
 * | `incapable` | none of the models can do what is asked: tools, images, a schema, embeddings |
 *
 * With `unreachable`, `details.isUnknown` says whether another backend does answer, and nobody has ever heard of the model: it was not declared,
 * and who does not answer did not serve it before.
 */
export type RejectionReason =
  | "no_backend"
  | "unreachable"
  | "credentials"
  | "model_not_found"
  | "fetching"
  | "context_length"
  | "incapable";

/**
 * No backend can take a model call: there is none, none answers, none serves the model, or none is able to do what was asked. Who is not
 * able to stands in `details.dropped`.
 */
export class NoCandidateError extends CatenaryError {
  constructor(
    message: string,
    details: Readonly<Record<string, unknown>>,
    failure: Extract<FailureClass, "unavailable" | "auth"> = "unavailable",
  ) {
    super("no_candidate", message, { failure, details });
  }
}
