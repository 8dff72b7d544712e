import type { LanguageModelV3ToolResultOutput, LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";
import { mediaTypeForV3, toBase64 } from "./file-for-v3.ts";
import type { Miss } from "./prompt-for-v3.ts";

type Contents<Output> = Output extends { readonly type: "content"; readonly value: (infer Part)[] } ? Part : never;
type ContentV3 = Contents<LanguageModelV3ToolResultOutput>;
type FileV4 = Extract<Contents<LanguageModelV4ToolResultOutput>, { readonly type: "file" }>;

/** What a tool gave, in the words of v3, which has one for each way in which a file or an image can come. */
export function outputForV3(output: LanguageModelV4ToolResultOutput, miss: Miss): LanguageModelV3ToolResultOutput {
  if (output.type !== "content") return output;
  return { ...output, value: output.value.map((part) => (part.type === "file" ? fileForV3(part, miss) : part)) };
}

function fileForV3({ data, mediaType, filename, providerOptions }: FileV4, miss: Miss): ContentV3 {
  const options = providerOptions === undefined ? {} : { providerOptions };
  const isImage = mediaType === "image" || mediaType.startsWith("image/");
  switch (data.type) {
    case "text":
      return { type: "text", text: data.text, ...options };
    case "url":
      // Opaque addresses are changed by being parsed.
      return { type: isImage ? "image-url" : "file-url", url: data.originalUrl ?? data.url.href, ...options };
    case "reference": {
      // Safe: without the mark that tells it from other kinds of contents it is names by provider.
      const fileId = data.reference as Record<string, string>;
      return { type: isImage ? "image-file-id" : "file-id", fileId, ...options };
    }
    case "data": {
      const bytes = { data: toBase64(data.data), mediaType: mediaTypeForV3(mediaType), ...options };
      if (!isImage) return { type: "file-data", ...bytes, ...(filename !== undefined && { filename }) };
      if (filename !== undefined) miss("filename", "an image that a tool gave loses its name");
      return { type: "image-data", ...bytes };
    }
  }
}
