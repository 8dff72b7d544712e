import {
  type LanguageModel,
  type LanguageModelCallOptions,
  type LanguageModelResult,
  ModelError,
} from "@catenary/core";
import type { Connection } from "./connection.ts";
import { correctPrompt } from "./correct-prompt.ts";
import { type Call, failWith } from "./fail-with.ts";
import { wrapStream } from "./wrap-stream.ts";

export interface WrapSettings {
  readonly connection: Connection;
  /** The model as it was asked for. */
  readonly modelId: string;
}

/** The AI SDK's model, with our errors, and with the signal's own reason where a call is aborted. */
export function wrapLanguageModel(model: LanguageModel, { connection, modelId }: WrapSettings): LanguageModel {
  const call: Call = { ...connection, model: modelId };
  const correct = (options: LanguageModelCallOptions) => ({ ...options, prompt: correctPrompt(options.prompt) });
  return {
    specificationVersion: "v4",
    provider: "gemini",
    modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) =>
      failWith(call, options.abortSignal, async () => whole(await model.doGenerate(correct(options)), call)),
    doStream: (options) =>
      failWith(call, options.abortSignal, async () => {
        const streamed = await model.doStream(correct(options));
        return { ...streamed, stream: wrapStream(streamed.stream, call, options.abortSignal) };
      }),
  };
}

/** An answer that does not say why it ended is none, or half of one. The AI SDK takes both for an answer. */
function whole(result: LanguageModelResult, { backend, place, model }: Call): LanguageModelResult {
  if (result.finishReason.raw !== undefined) return result;
  throw new ModelError(`${place} gave an answer that cannot be used: it does not say why it ended (finishReason)`, {
    failure: "reply",
    backend,
    model,
  });
}
