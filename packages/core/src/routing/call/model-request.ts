import type { ExecuteConfig } from "../../chain/chain.ts";
import type { LanguageModelPrompt, LanguageModelTool, LanguageModelToolChoice } from "../../model/contract.ts";
import type { JsonObject } from "../../value/json.ts";
import type { TextCount } from "../candidates/text-count.ts";
import type { AnswerShape } from "./answer-shape.ts";

/** What kind of call it is; decides which capability a model must have. */
export type CallKind = "prompt" | "chat" | "embed";

/** Which models may take a call. */
export interface Wanted {
  readonly kind: CallKind;
  /** In order of preference. Empty: any that can. */
  readonly models: readonly string[];
  /** Backend types. Empty: any. */
  readonly providers: readonly string[];
  /** How many tokens the context must hold: counted, or an estimate. 0: not known. */
  readonly contextLength: number;
  /** Counts them by the vocabularies of the models, where that decides. Default: `contextLength` is all that is known. */
  readonly count?: TextCount;
  /** How many tokens the answer may have; counted against the context too. 0: not known. */
  readonly outputTokens?: number;
  /** How many tokens the call asks with, where that is more than the context must hold at once: of a list of texts. */
  readonly promptTokens?: number;
  readonly tools: boolean;
  /** Whether the conversation has images. */
  readonly vision?: boolean;
  /** Whether only a model that can be held to a JSON schema may answer. */
  readonly structuredOutput?: boolean;
  /** A policy's name; undefined: the group's, else the runtime's default. */
  readonly policy: string | undefined;
  /** The id or name of the affinity group that the call must not leave. */
  readonly group?: string | undefined;
  /** Instead of a group: what it is for. */
  readonly purpose?: string | undefined;
  /** Calls of one session go to the same candidate, as long as that costs little. */
  readonly session?: string | undefined;
}

/** How a model is to answer. What is absent is left to the model. */
export type SamplingOptions = Pick<
  ExecuteConfig,
  "temperature" | "maxTokens" | "topP" | "stop" | "seed" | "presencePenalty" | "frequencyPenalty"
>;

/** A shape that the answer should have. Asked for where the model can be held to it; elsewhere the answer is prose. */
export interface PreferredFormat {
  readonly name: string;
  /** JSON Schema. */
  readonly schema: JsonObject;
}

/** One call of a language model, before it is known which. */
export interface ModelRequest {
  readonly wanted: Wanted;
  readonly prompt: LanguageModelPrompt;
  readonly sampling: SamplingOptions;
  readonly tools?: readonly LanguageModelTool[];
  readonly toolChoice?: LanguageModelToolChoice;
  readonly preferredFormat?: PreferredFormat;
  readonly answer?: AnswerShape;
}
