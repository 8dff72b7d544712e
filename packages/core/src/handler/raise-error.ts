import { CatenaryError } from "../errors/catenary-error.ts";
import { extractPrompt } from "./extract-prompt.ts";
import type { Handler } from "./handler.ts";

/** Fails, with the task's text as the message. */
export const raiseError: Handler = {
  execute(context) {
    throw new CatenaryError("raised", extractPrompt(context));
  },
};
