import { CatenaryError } from "./catenary-error.ts";

/** A model answered, and the answer cannot be used: no number in it, none of the allowed words, nothing at all. */
export class ReplyError extends CatenaryError {
  constructor(message: string, details: Readonly<Record<string, unknown>> = {}) {
    super("reply_invalid", message, { failure: "reply", details });
  }
}
