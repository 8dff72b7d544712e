import type { Clock, LanguageModel, LanguageModelCallOptions, LanguageModelStreamPart } from "@catenary/core";
import { countWords, toUsage } from "../count-words.ts";
import type { FinishReason, LanguageModelUsage } from "../model-types.ts";
import { partStream } from "../part-stream.ts";
import { promptText } from "../prompt-text.ts";
import { splitWords } from "../split-words.ts";
import { wait } from "../wait.ts";
import { answer, keysIn, looseSchema } from "./answer.ts";
import { type ChosenTool, callTool } from "./call-tool.ts";
import { fillSchema } from "./fill-schema.ts";
import { type Reading, readPrompt } from "./read-prompt.ts";

export interface StandInModelSettings {
  readonly modelId: string;
  /** Milliseconds for each word. */
  readonly wordDelayMs: number;
  readonly clock: Clock;
  /** Throws where the model is not the stand-in's. */
  readonly check: () => void;
}

/** What the stand-in answers to one call. */
interface Answer {
  readonly text: string;
  readonly tool: ChosenTool | undefined;
  readonly finishReason: { readonly unified: FinishReason; readonly raw: undefined };
  readonly usage: LanguageModelUsage;
}

/** The stand-in as a language model. The same call always gives the same answer, streamed or not. */
export function standInLanguageModel({ modelId, wordDelayMs, clock, check }: StandInModelSettings): LanguageModel {
  return {
    specificationVersion: "v4",
    provider: "stand-in",
    modelId,
    supportedUrls: {},

    async doGenerate(options) {
      options.abortSignal?.throwIfAborted();
      check();
      const { text, tool, finishReason, usage } = answerTo(options);
      await wait(clock, wordDelayMs * countWords(text), options.abortSignal);
      return {
        content: tool === undefined ? [{ type: "text", text }] : [toToolCall(tool)],
        finishReason,
        usage,
        warnings: [],
        response: { modelId },
      };
    },

    async doStream(options) {
      options.abortSignal?.throwIfAborted();
      check();
      const answered = answerTo(options);
      return {
        stream: partStream(
          (signal) => streamAnswer(answered, modelId, (delayMs) => wait(clock, delayMs * wordDelayMs, signal)),
          options.abortSignal,
        ),
      };
    },
  };
}

function answerTo(options: LanguageModelCallOptions): Answer {
  const reading = readPrompt(options.prompt);
  const tool = callTool(options, reading);
  const inputTokens = countWords(promptText(options.prompt));
  if (tool !== undefined) {
    const usage = toUsage(inputTokens, countWords(tool.input));
    return { text: "", tool, finishReason: { unified: "tool-calls", raw: undefined }, usage };
  }
  const { text, wasCut } = cut(compose(options, reading), options);
  return {
    text,
    tool,
    finishReason: { unified: wasCut ? "length" : "stop", raw: undefined },
    usage: toUsage(inputTokens, countWords(text)),
  };
}

function compose({ responseFormat }: LanguageModelCallOptions, reading: Reading): string {
  if (responseFormat?.type !== "json") return answer(reading);
  if (responseFormat.schema !== undefined) return JSON.stringify(fillSchema(responseFormat.schema, reading));
  const keys = keysIn(reading.instruction);
  return JSON.stringify(keys.length === 0 ? { answer: answer(reading) } : fillSchema(looseSchema(keys), reading));
}

/** Obeys `stopSequences`, and `maxOutputTokens` in words. */
function cut(text: string, options: LanguageModelCallOptions): { readonly text: string; readonly wasCut: boolean } {
  const stops = (options.stopSequences ?? []).map((stop) => text.indexOf(stop)).filter((at) => at >= 0);
  const stopped = stops.length === 0 ? text : text.slice(0, Math.min(...stops));
  const { maxOutputTokens } = options;
  if (maxOutputTokens === undefined || countWords(stopped) <= maxOutputTokens) return { text: stopped, wasCut: false };
  return { text: splitWords(stopped).slice(0, Math.max(0, maxOutputTokens)).join("").trimEnd(), wasCut: true };
}

async function* streamAnswer(
  { text, tool, finishReason, usage }: Answer,
  modelId: string,
  pause: (words: number) => Promise<void>,
): AsyncGenerator<LanguageModelStreamPart> {
  yield { type: "stream-start", warnings: [] };
  yield { type: "response-metadata", modelId };
  if (tool === undefined) {
    yield { type: "text-start", id: "text-0" };
    for (const delta of splitWords(text)) {
      await pause(1);
      yield { type: "text-delta", id: "text-0", delta };
    }
    yield { type: "text-end", id: "text-0" };
  } else {
    const call = toToolCall(tool);
    yield { type: "tool-input-start", id: call.toolCallId, toolName: call.toolName };
    yield { type: "tool-input-delta", id: call.toolCallId, delta: call.input };
    yield { type: "tool-input-end", id: call.toolCallId };
    yield call;
  }
  yield { type: "finish", finishReason, usage };
}

function toToolCall({ id, name, input }: ChosenTool) {
  return { type: "tool-call" as const, toolCallId: id, toolName: name, input };
}
