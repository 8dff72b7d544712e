import { CatenaryError } from "../errors/catenary-error.ts";
import { extractPrompt } from "./extract-prompt.ts";
import type { Handler, HandlerContext } from "./handler.ts";

/** Turns the task's text into a vector. */
export const embedding: Handler = {
  async execute(context) {
    requireOne(context, "provider");
    requireOne(context, "model");
    const text = extractPrompt(context);
    if (text === "")
      throw new CatenaryError("prompt_empty", `task ${context.task.id} has no text to embed: its input is empty`);
    const vector = await context.embed(text);
    return { output: { type: "vector", value: [...vector] }, outcome: "ok" };
  },
};

/** Vectors of different models cannot be compared, so a second choice is a mistake. */
function requireOne({ executeConfig, task }: HandlerContext, kind: "model" | "provider"): void {
  const [one, many] =
    kind === "model" ? [executeConfig.model, executeConfig.models] : [executeConfig.provider, executeConfig.providers];
  const named = [...(one ? [one] : []), ...(many ?? [])];
  if (named.length <= 1) return;
  throw new CatenaryError(
    "too_many_models",
    `task ${task.id} (embedding) takes one ${kind}, and execute_config names ${named.length}: ${named.join(", ")}`,
  );
}
