// The only file that names the version of the AI SDK's provider specification that Catenary speaks.
import type {
  EmbeddingModelV4,
  EmbeddingModelV4CallOptions,
  EmbeddingModelV4Result,
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4GenerateResult,
  LanguageModelV4Prompt,
  LanguageModelV4StreamPart,
  LanguageModelV4StreamResult,
  LanguageModelV4ToolChoice,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";

export const SPECIFICATION_VERSION = "v4";

export type LanguageModel = LanguageModelV4;
export type LanguageModelCallOptions = LanguageModelV4CallOptions;
export type LanguageModelResult = LanguageModelV4GenerateResult;
export type LanguageModelStreamPart = LanguageModelV4StreamPart;
export type LanguageModelStreamResult = LanguageModelV4StreamResult;
export type LanguageModelPrompt = LanguageModelV4Prompt;
export type LanguageModelTool = LanguageModelV4FunctionTool;
export type LanguageModelToolChoice = LanguageModelV4ToolChoice;
export type LanguageModelUsage = LanguageModelV4Usage;
export type EmbeddingModel = EmbeddingModelV4;
export type EmbeddingModelCallOptions = EmbeddingModelV4CallOptions;
export type EmbeddingModelResult = EmbeddingModelV4Result;
