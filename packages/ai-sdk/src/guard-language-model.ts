import type { LanguageModel } from "@catenary/core";
import { failWith, makeWith } from "./fail-with.ts";
import { guardStream } from "./guard-stream.ts";
import type { Asked } from "./to-failure.ts";

/** A provider's model under the name by which it was asked for, with our errors, and with the signal's own reason where a call is aborted. */
export function guardLanguageModel(
  asked: Asked & { readonly model: string },
  make: () => LanguageModel,
): LanguageModel {
  const model = makeWith(asked, make);
  return {
    specificationVersion: "v4",
    provider: model.provider,
    modelId: asked.model,
    get supportedUrls() {
      return model.supportedUrls;
    },
    doGenerate: (options) => failWith(asked, options.abortSignal, () => model.doGenerate(options)),
    doStream: (options) =>
      failWith(asked, options.abortSignal, async () => {
        const streamed = await model.doStream(options);
        return { ...streamed, stream: guardStream(streamed.stream, asked, options.abortSignal) };
      }),
  };
}
