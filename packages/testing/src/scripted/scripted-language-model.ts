import type { Clock, LanguageModel, LanguageModelCallOptions, LanguageModelStreamPart } from "@catenary/core";
import { countWords, toUsage } from "../count-words.ts";
import type { FinishReason, LanguageModelContent, LanguageModelUsage } from "../model-types.ts";
import { partStream } from "../part-stream.ts";
import { lastUserText, promptText } from "../prompt-text.ts";
import { hang, wait } from "../wait.ts";
import type { Script } from "./script.ts";
import type { ReplyScript, ScriptedToolCall } from "./scripted-reply.ts";
import { replyChunks, replyText } from "./scripted-reply.ts";
import { toApiCallError } from "./to-api-call-error.ts";

export interface ScriptedModelSettings {
  readonly provider: string;
  readonly modelId: string;
  readonly script: Script;
  readonly clock: Clock;
}

/** A language model that answers what the script says next. Both ways of calling it give the same text. */
export function scriptedLanguageModel({ provider, modelId, script, clock }: ScriptedModelSettings): LanguageModel {
  const url = `scripted://${provider}/${modelId}`;

  async function nextReply(kind: "generate" | "stream", options: LanguageModelCallOptions): Promise<ReplyScript> {
    const reply = await script.answer({
      kind,
      model: modelId,
      text: lastUserText(options.prompt),
      prompt: options.prompt,
      responseFormat: options.responseFormat,
      tools: options.tools,
      toolChoice: options.toolChoice,
      options,
    });
    await wait(clock, reply.delayMs ?? 0, options.abortSignal);
    return reply;
  }

  return {
    specificationVersion: "v4",
    provider,
    modelId,
    supportedUrls: {},

    async doGenerate(options) {
      const reply = await nextReply("generate", options);
      if (reply.hang) await hang(options.abortSignal);
      if (reply.error !== undefined) throw toApiCallError(reply.error, url);
      return {
        content: toContent(reply),
        finishReason: toFinishReason(reply),
        usage: usageOf(reply, options),
        warnings: [],
        response: { modelId },
      };
    },

    async doStream(options) {
      const reply = await nextReply("stream", options);
      if (reply.hang && replyText(reply) === "") await hang(options.abortSignal);
      if (reply.error !== undefined && reply.error.afterChunks === undefined) throw toApiCallError(reply.error, url);
      return {
        stream: partStream(
          (signal) => streamReply({ reply, options, modelId, url, clock, signal }),
          options.abortSignal,
        ),
      };
    },
  };
}

interface StreamedReply {
  readonly reply: ReplyScript;
  readonly options: LanguageModelCallOptions;
  readonly modelId: string;
  readonly url: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

async function* streamReply(streamed: StreamedReply): AsyncGenerator<LanguageModelStreamPart> {
  const { reply, options, modelId, url, clock, signal } = streamed;
  yield { type: "stream-start", warnings: [] };
  yield { type: "response-metadata", modelId };
  if (reply.reasoning !== undefined) {
    yield { type: "reasoning-start", id: "reasoning-0" };
    yield { type: "reasoning-delta", id: "reasoning-0", delta: reply.reasoning };
    yield { type: "reasoning-end", id: "reasoning-0" };
  }

  const chunks = replyChunks(reply).slice(0, reply.error?.afterChunks);
  if (chunks.length > 0) yield { type: "text-start", id: "text-0" };
  for (const [at, delta] of chunks.entries()) {
    if (at > 0) await wait(clock, reply.chunkDelayMs ?? 0, signal);
    yield { type: "text-delta", id: "text-0", delta };
  }
  if (reply.hang) await hang(signal);
  if (reply.error !== undefined) {
    yield { type: "error", error: toApiCallError(reply.error, url) };
    yield { type: "finish", finishReason: { unified: "error", raw: undefined }, usage: usageOf(reply, options) };
    return;
  }
  if (chunks.length > 0) yield { type: "text-end", id: "text-0" };

  for (const call of (reply.toolCalls ?? []).map(toToolCall)) {
    yield { type: "tool-input-start", id: call.toolCallId, toolName: call.toolName };
    yield { type: "tool-input-delta", id: call.toolCallId, delta: call.input };
    yield { type: "tool-input-end", id: call.toolCallId };
    yield call;
  }
  yield { type: "finish", finishReason: toFinishReason(reply), usage: usageOf(reply, options) };
}

function toContent(reply: ReplyScript): LanguageModelContent[] {
  const text = replyText(reply);
  return [
    ...(reply.reasoning === undefined ? [] : [{ type: "reasoning" as const, text: reply.reasoning }]),
    ...(text === "" ? [] : [{ type: "text" as const, text }]),
    ...(reply.toolCalls ?? []).map(toToolCall),
  ];
}

function toToolCall({ id, name, args }: ScriptedToolCall, at: number) {
  return {
    type: "tool-call" as const,
    toolCallId: id ?? `call-${at + 1}`,
    toolName: name,
    input: typeof args === "string" ? args : JSON.stringify(args),
  };
}

function toFinishReason(reply: ReplyScript): { unified: FinishReason; raw: undefined } {
  const calls = reply.toolCalls?.length ?? 0;
  return { unified: reply.finishReason ?? (calls > 0 ? "tool-calls" : "stop"), raw: undefined };
}

function usageOf(reply: ReplyScript, options: LanguageModelCallOptions): LanguageModelUsage {
  return toUsage(
    reply.usage?.inputTokens ?? countWords(promptText(options.prompt)),
    reply.usage?.outputTokens ?? countWords(replyText(reply)),
  );
}
