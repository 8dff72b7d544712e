export { CatenaryError } from "./errors/catenary-error.ts";
export type { ErrorData } from "./errors/error-data.ts";
export type { FailureClass } from "./errors/failure-class.ts";
export { HookError } from "./errors/hook-error.ts";
export { InputError } from "./errors/input-error.ts";
export { ModelError } from "./errors/model-error.ts";
export { TemplateError } from "./errors/template-error.ts";
export type { HookDefinition, HookInvocation, LocalHook, LocalHookDefinition } from "./hook/hook.ts";
export type { ProtocolName } from "./hook/remote/protocol.ts";
export { type HookRetries, type RemoteHook, type RemoteHookSettings, remoteHook } from "./hook/remote-hook.ts";
export type { Backend, BackendModel, PullProgress } from "./model/backend.ts";
export type { BackendSettings, BackendType } from "./model/backend-type.ts";
export type { Capabilities } from "./model/capabilities.ts";
export type {
  EmbeddingModel,
  LanguageModel,
  LanguageModelCallOptions,
  LanguageModelPrompt,
  LanguageModelResult,
  LanguageModelStreamPart,
  LanguageModelTool,
} from "./model/contract.ts";
export type { Clock } from "./surroundings/clock.ts";
export { systemClock } from "./surroundings/clock.ts";
export type { Fetch } from "./surroundings/fetch.ts";
export type { Logger, LogLevel } from "./surroundings/logger.ts";
export type { ChatHistory, ChatMessage, ToolCall } from "./value/chat-history.ts";
export type { DataType } from "./value/data-type.ts";
export type { Json, JsonObject } from "./value/json.ts";
export type { OpenAIChatRequest, OpenAIChatResponse } from "./value/openai-chat.ts";
export type { RouteRecord } from "./value/route-record.ts";
export type { TypedValue } from "./value/typed-value.ts";
export type { Usage } from "./value/usage.ts";
