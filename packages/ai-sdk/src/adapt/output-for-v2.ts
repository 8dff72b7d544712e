import type { LanguageModelV2ToolResultOutput, LanguageModelV3ToolResultOutput } from "@ai-sdk/provider";
import type { Miss } from "./prompt-for-v3.ts";

type Contents<Output> = Output extends { readonly type: "content"; readonly value: (infer Part)[] } ? Part : never;
type ContentV2 = Contents<LanguageModelV2ToolResultOutput>;
type ContentV3 = Contents<LanguageModelV3ToolResultOutput>;

/** What a tool gave, in the words of v2, which knows texts and base64. */
export function outputForV2(output: LanguageModelV3ToolResultOutput, miss: Miss): LanguageModelV2ToolResultOutput {
  switch (output.type) {
    case "execution-denied":
      return { type: "error-text", value: output.reason ?? "The tool was not allowed to run." };
    case "content":
      return { type: "content", value: output.value.flatMap((part) => contentForV2(part, miss)) };
    case "text":
    case "error-text":
      return { type: output.type, value: output.value };
    case "json":
    case "error-json":
      return { type: output.type, value: output.value };
  }
}

function contentForV2(part: ContentV3, miss: Miss): ContentV2[] {
  switch (part.type) {
    case "text":
      return [{ type: "text", text: part.text }];
    case "file-data":
    case "image-data":
      return [{ type: "media", data: part.data, mediaType: part.mediaType }];
    case "file-url":
    case "image-url":
      miss("url in a tool's result", "the model is told the address as text");
      return [{ type: "text", text: part.url }];
    default:
      miss(`${part.type} in a tool's result`, "it is left out of the conversation");
      return [];
  }
}
