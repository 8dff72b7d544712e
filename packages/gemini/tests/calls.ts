import type { Backend } from "@catenary/core";
import { ask } from "../../testing/tests/ask.ts";

/** A key that nothing may tell. */
export const KEY = "canary-0123456789-do-not-tell";

/** One call of the usual model. */
export const chat = (backend: Backend, options = ask("hi")) =>
  backend.languageModel("gemini-2.5-flash").doGenerate(options);
