import type {
  LanguageModelV2CallOptions,
  LanguageModelV3CallOptions,
  LanguageModelV3Message,
  LanguageModelV3ToolResultPart,
  SharedV4Warning,
} from "@ai-sdk/provider";
import type { LanguageModelCallOptions } from "@catenary/core";
import type { Translated } from "./adapt-language-model.ts";
import { lost } from "./lost.ts";
import { outputForV2 } from "./output-for-v2.ts";
import type { Miss } from "./prompt-for-v3.ts";
import { callForV3 } from "./version-3.ts";

/** A call in the words of v2: by way of v3, to which it is nearer. */
export function callForV2(options: LanguageModelCallOptions): Translated<LanguageModelV2CallOptions> {
  const { call, lost: before } = callForV3(options);
  const missed = new Map<string, SharedV4Warning>();
  const miss = (feature: string, details?: string) => void missed.set(feature, lost(feature, details));
  const { prompt, tools, ...rest } = call;
  const older = {
    ...rest,
    prompt: prompt.map((message) => messageForV2(message, miss)),
    ...(tools !== undefined && { tools: tools.map((tool) => toolForV2(tool, miss)) }),
  };
  // Safe: what is left of the difference is that the types of v2 do not allow undefined among a provider's own options.
  return { call: older as LanguageModelV2CallOptions, lost: [...before, ...missed.values()] };
}

function toolForV2(tool: NonNullable<LanguageModelV3CallOptions["tools"]>[number], miss: Miss) {
  if (tool.type === "provider") return { ...tool, type: "provider-defined" as const };
  const { strict, inputExamples, ...rest } = tool;
  if (strict !== undefined) miss("strict", "say it in providerOptions");
  if (inputExamples !== undefined) miss("inputExamples", "say them in the tool's description");
  return rest;
}

function messageForV2(message: LanguageModelV3Message, miss: Miss) {
  switch (message.role) {
    case "tool":
      return { ...message, content: message.content.flatMap((part) => toolPartForV2(part, miss)) };
    case "assistant":
      return {
        ...message,
        content: message.content.map((part) => (part.type === "tool-result" ? resultForV2(part, miss) : part)),
      };
    default:
      return message;
  }
}

type ToolMessage = Extract<LanguageModelV3Message, { readonly role: "tool" }>;

function toolPartForV2(part: ToolMessage["content"][number], miss: Miss) {
  if (part.type === "tool-result") return [resultForV2(part, miss)];
  miss("tool-approval-response", "whether a tool was approved is left out of the conversation");
  return [];
}

function resultForV2(part: LanguageModelV3ToolResultPart, miss: Miss) {
  return { ...part, output: outputForV2(part.output, miss) };
}
