import { estimatedTokens, type TokenCounter } from "@catenary/core";
import type { LocalModel } from "./model/local-model.ts";

/** Counts with the models' own tokenizers, and estimates for models that are not here. Counting loads a model. */
export function llamaTokens(models: ReadonlyMap<string, LocalModel>): TokenCounter {
  return {
    count(text, name) {
      const local = models.get(name);
      if (local === undefined) return estimatedTokens.count(text, name);
      return local.use(undefined, async ({ model }) => model.tokenize(text).length);
    },
  };
}
