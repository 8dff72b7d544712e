import type {
  LanguageModel,
  LanguageModelCallOptions,
  LanguageModelResult,
  LanguageModelStreamPart,
} from "@catenary/core";
import type { LocalModel } from "../model/local-model.ts";
import { PROVIDER } from "../provider.ts";
import { answerCall } from "./answer-call.ts";
import { collectParts } from "./collect-parts.ts";
import { streamCall } from "./stream-call.ts";
import { toModelFailure } from "./to-model-failure.ts";

/**
 * A model of a GGUF file, as the AI SDK takes it.
 *
 * @param find The model, or a throw where there is none of this name.
 */
export function llamaLanguageModel(modelId: string, find: () => LocalModel): LanguageModel {
  return {
    specificationVersion: "v4",
    provider: PROVIDER,
    modelId,
    supportedUrls: {},
    async doGenerate(call): Promise<LanguageModelResult> {
      call.abortSignal?.throwIfAborted();
      const local = find();
      const parts: LanguageModelStreamPart[] = [];
      await failingWith(local, call, () => answerCall(local, call, (part) => parts.push(part)));
      return collectParts(parts);
    },
    async doStream(call) {
      call.abortSignal?.throwIfAborted();
      const local = find();
      const answer = (one: LanguageModelCallOptions, emit: (part: LanguageModelStreamPart) => void) =>
        failingWith(local, call, () => answerCall(local, one, emit));
      return { stream: await streamCall(call, answer) };
    },
  };
}

/** What a call rejects with: the reason of the signal that ended it, or one of our errors. */
async function failingWith<T>(
  local: LocalModel,
  { abortSignal }: LanguageModelCallOptions,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (error) {
    abortSignal?.throwIfAborted();
    throw await toModelFailure(error, local.options.origin);
  }
}
