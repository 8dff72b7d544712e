// The public door. What stands here is kept for as long as there is a first major version: a type is here where somebody writes
// its name down, not where it is only a part of another (`GenerateRequest["answer"]` needs no name of its own).

// Runtimes: backends, hooks and chains in, runs out.

export { createRuntime } from "./create-runtime.ts";
export type { CallOptions, ChatResult, EmbedResult, PromptOptions, PromptResult } from "./run/direct-calls.ts";
export type { KnownNames } from "./run/known-names.ts";
export type { ModelSelection } from "./run/model-selection.ts";
export type { RunEventMap } from "./run/run-parts.ts";
export type { Runs, Runtime, RuntimeDownloads } from "./run/runtime.ts";
export type { RuntimeDefaults } from "./run/runtime-defaults.ts";
export type { RuntimeOptions } from "./run/runtime-options.ts";

// Chains: written with types, read from JSON, checked, drawn.

export { type EndedStep, type WayOut, waysOut, wayTaken } from "./chain/analysis/ways-out.ts";
export { END } from "./chain/chain.ts";
export { chainJson } from "./chain/chain-json.ts";
export { type DefineChain, defineChain } from "./chain/define-chain.ts";
export { type MermaidOptions, toMermaid } from "./chain/drawing/to-mermaid.ts";
export type { Finding, FindingCode } from "./chain/finding.ts";
export { type ParsedChain, parseChain } from "./chain/parse-chain.ts";
export type { ValidateOptions } from "./chain/read-check-options.ts";
export type { StandardSchema } from "./chain/schemas/standard-schema.ts";
export type { ChainSource, Next, TaskSource } from "./chain/source/chain-source.ts";
export { validateChain } from "./chain/validate-chain.ts";
export { parseRunRequest, type RunRequest } from "./run/parse-run-request.ts";

// What a chain is once it was read: every shorthand written out.

export type {
  Branch,
  Chain,
  ChainDefinition,
  Compose,
  ComposeStrategy,
  ExecuteConfig,
  HookCall,
  Operator,
  RetryPolicy,
  RoutingConfig,
  TaskDefinition,
  Transition,
} from "./chain/chain.ts";

// What the types of chains are made of: declarations of packages that export chains name these.

export type { Bindable, Bindings, BindingsOf, Unbound } from "./chain/typing/bindings.ts";
export type { ChainNeeds, NeedsVariables } from "./chain/typing/chain-output.ts";

// Runs: what they are given, what they come to, what is seen of them.

export type { RecordedEvent, RunEvent } from "./engine/run-event.ts";
export type { StepKey } from "./engine/step-key.ts";
export type { StepRecord } from "./engine/step-record.ts";
export { routeOf } from "./routing/router-model/route-metadata.ts";
export type { GivenInput } from "./run/given-input.ts";
export { RunFailedError } from "./run/run-failed-error.ts";
export type { EventsOptions, RunHandle } from "./run/run-handle.ts";
export type { RunOutput, RunResult, RunTrace } from "./run/run-result.ts";
export type { RunOptions } from "./run/start-run.ts";
export type { RouteRecord } from "./value/route-record.ts";
export type { Rung, RungRecord } from "./value/rung.ts";
export type { Usage } from "./value/usage.ts";

// Values: what goes in, between tasks, and out.

export type { ChatHistory, ChatMessage, ToolCall } from "./value/chat-history.ts";
export type { DataType } from "./value/data-type.ts";
export type { Json, JsonObject } from "./value/json.ts";
export type { OpenAIChatRequest, OpenAIChatResponse } from "./value/openai-chat.ts";
export type { TypedValue } from "./value/typed-value.ts";
export type { ChatHistoryInput, InputOf, ValueOf } from "./value/value-of.ts";

// Words: what a misspelt name was probably meant to be, for errors of other packages.

export { checkServerSettings } from "./model/check-server-settings.ts";
export { checkSettingNames, unknownName } from "./value/check-option-names.ts";
export { describeKind } from "./value/describe-kind.ts";
export { suggest } from "./value/suggest.ts";

// Hooks: code of the application, here or behind an address.

export type { HookDefinition, HookInvocation, LocalHook, LocalHookDefinition } from "./hook/hook.ts";
export type { NamedHook } from "./hook/named-hook.ts";
export { type RemoteHook, type RemoteHookSettings, remoteHook } from "./hook/remote-hook.ts";

// Handlers: custom kinds of task.

export type { HandlerSpec } from "./chain/handler-spec.ts";
export type { GenerateRequest, Handler, HandlerContext, HandlerResult } from "./handler/handler.ts";
export type { ModelReply } from "./model/reply.ts";
export type { Outcome } from "./value/outcome.ts";

// Backends and models: the contract of adapters.

export type { BackendState, ReportedHealth } from "./fleet/backend-state.ts";
export type { Download, DownloadState } from "./fleet/download.ts";
export type { FleetEvent } from "./fleet/fleet-event.ts";
export type { Backend, BackendModel, PullProgress } from "./model/backend.ts";
export type { BackendRouting } from "./model/backend-routing.ts";
export type { BackendSettings, BackendSurroundings, BackendType } from "./model/backend-type.ts";
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
export type { DeclaredModel } from "./model/declared-model.ts";
export { givenFetch } from "./model/given-fetch.ts";
export { textOfWarning } from "./model/text-of-warning.ts";
export { estimatedTokens, type TokenCounter } from "./model/token-counter.ts";
export type { CallEvent } from "./routing/call/call-event.ts";

// What every adapter does alike: tells what failed, and no secret of it.

export { causesOf } from "./errors/causes-of.ts";
export { connectionError, type FailedConnection } from "./errors/connection-error.ts";
export { connectionFailureOf, isConnectionFailure } from "./errors/connection-failure.ts";
export { type ErrorBody, errorBodyOf } from "./errors/error-body.ts";
export { failWith } from "./errors/fail-with.ts";
export { failureOfStatus } from "./errors/failure-of-status.ts";
export { hideSecrets, showAddress } from "./errors/hide-secrets.ts";
export { loggedError } from "./errors/logged-error.ts";
export { type RefusedCall, refusalError } from "./errors/refusal-error.ts";
export { isWrongAddress, type Refusal, refusalOf } from "./errors/refusal-of.ts";
export { retryAfterOf } from "./errors/retry-after-of.ts";
export { checkBackendRouting } from "./model/check-backend-routing.ts";
export { checkBaseUrl } from "./model/check-base-url.ts";
export { type EventsGuard, guardEvents } from "./model/guard-events.ts";
export { mapStream } from "./model/map-stream.ts";
export { type AskedForEvents, noEvents } from "./model/no-events.ts";
export { type FailedCall, toModelError } from "./model/to-model-error.ts";
export { basicAuthorization } from "./surroundings/basic-authorization.ts";
export { leaveBody } from "./surroundings/leave-body.ts";

// Routing: which model takes a call.

export type { Candidate } from "./routing/candidates/candidate.ts";
export { BUILT_IN_POLICIES } from "./routing/policies/list-policies.ts";
export type { PolicySurroundings, SelectionPolicy } from "./routing/policies/selection-policy.ts";

// Registries: what can be changed while a runtime runs.

export type { AffinityGroup } from "./registry/affinity-group.ts";
export type { BackendRecord } from "./registry/backend-records.ts";
export type { ChangeOptions, Entry, KeepOptions, Origin } from "./registry/entry.ts";
export type { Registry } from "./registry/registry.ts";

// Stores: what outlives a process.

export { createMemoryRecordStore } from "./store/memory-record-store.ts";
export { createMemoryRunStore, type MemoryRunStoreOptions } from "./store/memory-run-store.ts";
export type { RecordChange, RecordStore, StoredRecord } from "./store/record-store.ts";
export type { RunCommit, RunRange, RunStore, RunSummary, StoredRun } from "./store/run-store.ts";

// The engine: pure, for whoever drives it otherwise than a runtime does.

export { compileChain } from "./engine/compile-chain.ts";
export type { Effect } from "./engine/effect.ts";
export type { Fact } from "./engine/fact.ts";
export type { Program } from "./engine/program.ts";
export { NEW_RUN, type RunState } from "./engine/run-state.ts";
export { type Decision, transition } from "./engine/transition.ts";
export { variablesOf } from "./engine/variables-of.ts";

// Errors: by their code, their kind of failure, and their class.

export { CatenaryError } from "./errors/catenary-error.ts";
export { ChainInvalidError } from "./errors/chain-invalid-error.ts";
export { ContractError } from "./errors/contract-error.ts";
export type { ErrorData } from "./errors/error-data.ts";
export type { FailureClass } from "./errors/failure-class.ts";
export { HookError } from "./errors/hook-error.ts";
export { InputError } from "./errors/input-error.ts";
export { type FailureReason, ModelError } from "./errors/model-error.ts";
export { NoCandidateError } from "./errors/no-candidate-error.ts";
export { RegistryError } from "./errors/registry-error.ts";
export { ReplyError } from "./errors/reply-error.ts";
export { TemplateError } from "./errors/template-error.ts";
export { TypeMismatchError } from "./errors/type-mismatch-error.ts";
export type { SchemaProblem } from "./value/schema/schema-problem.ts";

// Surroundings: what a runtime takes from its host, each to be replaced.

export { type Clock, systemClock } from "./surroundings/clock.ts";
export type { Fetch } from "./surroundings/fetch.ts";
export type { Ids } from "./surroundings/ids.ts";
export type { Logger, LogLevel } from "./surroundings/logger.ts";
export type { Random } from "./surroundings/random.ts";
