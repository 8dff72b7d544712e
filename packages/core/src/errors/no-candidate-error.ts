import { CatenaryError } from "./catenary-error.ts";

/** No backend can take a model call: there is none, none answers, none serves the model, or none is able to do what was asked. */
export class NoCandidateError extends CatenaryError {
  constructor(message: string, details: Readonly<Record<string, unknown>>) {
    super("no_candidate", message, { failure: "unavailable", details });
  }
}
