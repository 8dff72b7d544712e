import type { Backend, BackendModel, Clock, EmbeddingModel } from "@catenary/core";
import { systemClock } from "@catenary/core";
import { checkOptions } from "../check-options.ts";
import type { ExpectedCall, RecordedCall } from "./recorded-call.ts";
import type { AnswerAll } from "./script.ts";
import { createScript } from "./script.ts";
import { scriptedEmbeddingModel } from "./scripted-embedding-model.ts";
import { scriptedLanguageModel } from "./scripted-language-model.ts";
import type { ScriptedReply } from "./scripted-reply.ts";

export interface ScriptedBackendSettings {
  /** Default `scripted`. */
  readonly id?: string;
  /** Default `scripted`. */
  readonly type?: string;
  /** What `listModels` tells; a name alone can do everything but constrained output. A function is asked each time and may throw. Default `["scripted"]`. */
  readonly models?: ModelList | (() => ModelList | Promise<ModelList>);
  /** Given out in this order, one a call, to any model; or a function that answers all calls. Default: none. */
  readonly replies?: readonly ScriptedReply[] | AnswerAll;
  /** Times `delayMs`. Default: the host's clock. */
  readonly clock?: Clock;
}

export type ModelList = readonly (string | BackendModel)[];

/** A backend whose answers a test writes, and which remembers what it was asked. */
export interface ScriptedBackend extends Backend {
  embeddingModel(modelId: string): EmbeddingModel;
  /** Every call, in the order in which they came. */
  readonly calls: readonly RecordedCall[];
  /** The replies that nobody asked for yet. */
  readonly remaining: readonly ScriptedReply[];
  /** Appends replies. */
  reply(...replies: readonly ScriptedReply[]): void;
  /** Throws unless exactly these calls came, in this order; a number checks only how many. */
  expectCalls(expected: number | readonly ExpectedCall[]): void;
  /** Throws where replies are left, and lists them. */
  assertExhausted(): void;
}

/**
 * A backend that answers from a script. A call takes the first reply that fits it: one with an embedding fits only a call that
 * embeds, one with text or tool calls only a chat. With none left, a chat is answered `echo: <last user text>`, and a text
 * is embedded as a small vector that is always the same for it.
 *
 * @throws CatenaryError `settings_invalid` for settings that are none.
 */
export function scriptedBackend(settings: ScriptedBackendSettings = {}): ScriptedBackend {
  checkOptions("scriptedBackend()", settings, ["id", "type", "models", "replies", "clock"]);
  const { id = "scripted", type = "scripted", models = ["scripted"], replies = [], clock = systemClock } = settings;
  const script = createScript(replies, `scripted backend "${id}"`);

  return {
    id,
    type,
    calls: script.calls,
    remaining: script.remaining,
    reply: script.add,
    expectCalls: script.expectCalls,
    assertExhausted: script.assertExhausted,
    async listModels(options) {
      options?.signal?.throwIfAborted();
      return (typeof models === "function" ? await models() : models).map(toBackendModel);
    },
    languageModel: (modelId) => scriptedLanguageModel({ provider: type, modelId, script, clock }),
    embeddingModel: (modelId) => scriptedEmbeddingModel({ provider: type, modelId, script, clock }),
  };
}

function toBackendModel(model: string | BackendModel): BackendModel {
  if (typeof model !== "string") return model;
  return { id: model, capabilities: { chat: true, prompt: true, embed: true, stream: true, tools: true } };
}
