import type {
  EmbeddingModelV2,
  EmbeddingModelV3,
  EmbeddingModelV4,
  LanguageModelV2,
  LanguageModelV3,
  LanguageModelV4,
} from "@ai-sdk/provider";

/** A language model of any version of the AI SDK's provider specification that is understood here. */
export type AISDKLanguageModel = LanguageModelV2 | LanguageModelV3 | LanguageModelV4;

/** An embedding model of any version that is understood here. */
export type AISDKEmbeddingModel = EmbeddingModelV2<string> | EmbeddingModelV3 | EmbeddingModelV4;

/** What every provider of the AI SDK has, of which version ever; those of v2 call the second one `textEmbeddingModel`. */
export interface AISDKProvider {
  languageModel(modelId: string): AISDKLanguageModel;
  embeddingModel?(modelId: string): AISDKEmbeddingModel;
  textEmbeddingModel?(modelId: string): AISDKEmbeddingModel;
}

/** A provider, or a function from the name of a model to the model: `(id) => openai.chat(id)`. */
export type AISDKSource = AISDKProvider | ((modelId: string) => AISDKLanguageModel | AISDKEmbeddingModel);
