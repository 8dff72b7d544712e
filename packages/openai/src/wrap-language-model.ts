import type { LanguageModel, LanguageModelCallOptions } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { failWith } from "./fail-with.ts";
import { wrapStream } from "./wrap-stream.ts";

export interface WrapSettings {
  readonly connection: Connection;
  /** What the model says its provider is. */
  readonly provider: string;
  /** What the AI SDK's model does not translate by itself. */
  readonly translate?: (options: LanguageModelCallOptions) => LanguageModelCallOptions;
}

/** The AI SDK's model, with our errors, and with the signal's own reason where a call is aborted. */
export function wrapLanguageModel(model: LanguageModel, settings: WrapSettings): LanguageModel {
  const { provider, translate = (options) => options } = settings;
  const { modelId } = model;
  const about = { ...settings.connection, model: modelId };
  return {
    specificationVersion: "v4",
    provider,
    modelId,
    supportedUrls: model.supportedUrls,
    doGenerate: (options) => failWith(about, options.abortSignal, () => model.doGenerate(translate(options))),
    doStream: (options) =>
      failWith(about, options.abortSignal, async () => {
        const streamed = await model.doStream(translate(options));
        return { ...streamed, stream: wrapStream(streamed.stream, about, options.abortSignal) };
      }),
  };
}
