import type { SharedV4Warning } from "@ai-sdk/provider";
import {
  type LanguageModel,
  type LanguageModelCallOptions,
  type LanguageModelResult,
  type LanguageModelStreamPart,
  mapStream,
} from "@catenary/core";

/** What stands between our version of the specification and an older one. */
export interface Translation<Call, Result, Part> {
  /** The call in the older words. What cannot be said in them is told in `lost`, once each. */
  readonly call: (options: LanguageModelCallOptions) => Translated<Call>;
  readonly result: (result: Result) => LanguageModelResult;
  readonly part: (part: Part) => LanguageModelStreamPart;
}

export interface Translated<Call> {
  readonly call: Call;
  readonly lost: readonly SharedV4Warning[];
}

/** What models of all versions have in common. */
interface OlderModel<Call, Result, Part> {
  readonly provider: string;
  readonly modelId: string;
  readonly supportedUrls: LanguageModel["supportedUrls"];
  doGenerate(call: Call): PromiseLike<Result>;
  doStream(
    call: Call,
  ): PromiseLike<{ stream: ReadableStream<Part> } & Omit<Awaited<ReturnType<LanguageModel["doStream"]>>, "stream">>;
}

/** A model of an older version as one of ours. */
export function adaptLanguageModel<Call, Result, Part>(
  model: OlderModel<Call, Result, Part>,
  translation: Translation<Call, Result, Part>,
): LanguageModel {
  return {
    specificationVersion: "v4",
    provider: model.provider,
    modelId: model.modelId,
    get supportedUrls() {
      return model.supportedUrls;
    },
    async doGenerate(options) {
      const { call, lost } = translation.call(options);
      const result = translation.result(await model.doGenerate(call));
      return { ...result, warnings: [...result.warnings, ...lost] };
    },
    async doStream(options) {
      const { call, lost } = translation.call(options);
      const streamed = await model.doStream(call);
      const stream = mapStream(streamed.stream, (part) => {
        const ours = translation.part(part);
        return ours.type === "stream-start" ? { ...ours, warnings: [...ours.warnings, ...lost] } : ours;
      });
      return { ...streamed, stream };
    },
  };
}
