import type { ExecuteConfig, TaskDefinition } from "../chain/chain.ts";
import type { HandlerSpec } from "../chain/handler-spec.ts";
import type { StepKey } from "../engine/step-key.ts";
import type { LanguageModelTool, LanguageModelToolChoice } from "../model/contract.ts";
import type { ModelReply } from "../model/reply.ts";
import type { AnswerShape } from "../routing/call/answer-shape.ts";
import type { PreferredFormat, SamplingOptions } from "../routing/call/model-request.ts";
import type { ChatMessage } from "../value/chat-history.ts";
import type { Json, JsonObject } from "../value/json.ts";
import type { Outcome } from "../value/outcome.ts";
import type { RungRecord } from "../value/rung.ts";
import type { TypedValue } from "../value/typed-value.ts";

/** What a handler produced, and the word by which a branch is chosen. */
export interface HandlerResult {
  readonly output: TypedValue;
  /** Text alone, or with the forms described at `Outcome`. */
  readonly outcome: string | Outcome;
}

/** One call of a language model, as a handler asks for it. Where it goes is decided by the task's `execute_config`, the chain's and the runtime's defaults. */
export interface GenerateRequest {
  readonly kind: "prompt" | "chat";
  readonly messages: readonly ChatMessage[];
  /** Used where `execute_config` has no `model`; then it comes before the `models` of `execute_config`, which are tried after it. */
  readonly model?: string;
  /** Used field by field where `execute_config` says nothing. */
  readonly sampling?: SamplingOptions;
  /** How many tokens the model's context must hold. Default: not checked. */
  readonly contextLength?: number;
  readonly tools?: readonly LanguageModelTool[];
  readonly toolChoice?: LanguageModelToolChoice;
  readonly preferredFormat?: PreferredFormat;
  /** A shape that the answer must have. The reply says how it was asked for, and may still not have it. It does not stream, and comes without `tools`. */
  readonly answer?: AnswerShape;
  /** Whether the text is the task's text, for readers of streams: `trimmed` without the white space around it. Default: not. */
  readonly stream?: "trimmed" | "verbatim";
}

/**
 * What a handler knows and may do. It reaches the outside only through `call` and what is built on it (`generate`,
 * `embed`, `callHook`, `countTokens`), so that a durable runtime can record each of these and not repeat it.
 */
export interface HandlerContext {
  readonly runId: string;
  readonly chainId: string;
  /** Stable over attempts; unique in a run. */
  readonly key: StepKey;
  /** Counted from 1. */
  readonly attempt: number;
  readonly task: TaskDefinition;
  /** The task's `execute_config` over the chain's. */
  readonly executeConfig: ExecuteConfig;
  /** The chain's `token_limit`; 0: none. */
  readonly tokenLimit: number;
  readonly input: TypedValue;
  /** How many model calls the step may still make; at 0 a call is made all the same, because the attempt asks for it. */
  readonly triesLeft: number;
  /** When the attempt began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  /** Aborts when the run is cancelled or the attempt's time is up. */
  readonly signal: AbortSignal;
  /** A variable of the run; undefined where nothing was set. */
  variable(name: string): TypedValue | undefined;
  /** Renders a template over the run's variables, or with `root` as its root. The templates of the task itself are read once for all its runs. */
  render(template: string, root?: Json): string;
  /** The task's `system_instruction`, rendered; empty where it has none. */
  systemInstruction(): string;
  /** Does something outside. `name` says what, for whoever reads the journal. */
  call<T>(name: string, act: (signal: AbortSignal) => Promise<T>): Promise<T>;
  generate(request: GenerateRequest): Promise<ModelReply>;
  embed(text: string): Promise<readonly number[]>;
  callHook(name: string, args: JsonObject): Promise<Json>;
  /** Counts with the runtime's counter. `model` is whatever is known of the model's name; empty: the one that the task or the runtime's defaults prefer. */
  countTokens(text: string, model: string): Promise<number>;
  /** Hands a piece of the task's text to readers of streams. `generate` with `stream` does it by itself. */
  emit(text: string): void;
  newId(): string;
  /** Tells in the step's record how a way to get an answer of a shape went. */
  reportRung(record: RungRecord): void;
}

/** Carries out one kind of task. */
export interface Handler {
  /** What is known of it before it runs. Default: any input, output of type `any`, any outcome, no model. */
  readonly spec?: Omit<HandlerSpec, "name">;
  /** What it throws fails the attempt. */
  execute(context: HandlerContext): HandlerResult | Promise<HandlerResult>;
}
