export { fromAISDK } from "./from-ai-sdk.ts";
export type { AISDKEmbeddingModel, AISDKLanguageModel, AISDKProvider, AISDKSource } from "./provider.ts";
export type { AISDKSettings, ListModels } from "./settings.ts";
