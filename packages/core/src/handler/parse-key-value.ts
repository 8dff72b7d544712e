import { CatenaryError } from "../errors/catenary-error.ts";
import { isJsonObject } from "../value/json.ts";
import { extractPrompt } from "./extract-prompt.ts";
import type { Handler } from "./handler.ts";
import { readKeyValues } from "./read-key-values.ts";

/** Turns text such as `name=Ann, age=30` into an object. An object, or the JSON text of one, stays what it is. */
export const parseKeyValue: Handler = {
  execute(context) {
    const { input, task } = context;
    if ((input.type === "json" || input.type === "any") && isJsonObject(input.value)) {
      return { output: { type: "json", value: input.value }, outcome: "parsed" };
    }
    const pairs = readKeyValues(extractPrompt(context));
    if ("problem" in pairs)
      throw new CatenaryError(
        "pairs_invalid",
        `task ${task.id} could not read pairs of keys and values: ${pairs.problem}`,
      );
    return { output: { type: "json", value: pairs.object }, outcome: "parsed" };
  },
};
