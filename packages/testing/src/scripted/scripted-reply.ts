import type { JsonObject } from "@catenary/core";
import type { FinishReason } from "../model-types.ts";
import { splitWords } from "../split-words.ts";
import type { RecordedCall } from "./recorded-call.ts";

/** What a scripted backend answers to one call. A string is short for `{ text }`; a function sees the call first. */
export type ScriptedReply = string | ReplyScript | ((call: RecordedCall) => ReplyContent | Promise<ReplyContent>);

/** A reply that is no function. */
export type ReplyContent = string | ReplyScript;

export interface ReplyScript {
  readonly text?: string;
  /** Reasoning, sent before the text. */
  readonly reasoning?: string;
  readonly toolCalls?: readonly ScriptedToolCall[];
  /** A vector that stands for every text of the call. Only for calls that embed. */
  readonly embedding?: readonly number[];
  /** One vector for each text of the call. Only for calls that embed. */
  readonly embeddings?: readonly (readonly number[])[];
  readonly error?: ScriptedError;
  /** Default `stop`, with tool calls `tool-calls`. */
  readonly finishReason?: FinishReason;
  /** How long nothing comes, in milliseconds. Default 0. */
  readonly delayMs?: number;
  /** How long each further chunk of a stream takes, in milliseconds. Default 0. */
  readonly chunkDelayMs?: number;
  /** How the text is split when it is streamed: the pieces themselves, or how many characters each has. Default: by words. */
  readonly chunks?: readonly string[] | number;
  /** Never ends until the call is aborted. A stream sends its text first. */
  readonly hang?: boolean;
  /** Default: words of the prompt and of the text. */
  readonly usage?: { readonly inputTokens?: number; readonly outputTokens?: number };
}

export interface ScriptedToolCall {
  /** Default `call-1`, `call-2`, … within the reply. */
  readonly id?: string;
  readonly name: string;
  /** A string is sent as it stands, even where it is no JSON. */
  readonly args: JsonObject | string;
}

export interface ScriptedError {
  /** The HTTP status. Without one the failure looks like a broken connection. */
  readonly status?: number;
  readonly message?: string;
  /** What the server asks to wait, in milliseconds, as `Retry-After` headers. */
  readonly retryAfterMs?: number;
  /** A stream sends so many chunks of the text before the error. Without it, a stream fails before it starts. */
  readonly afterChunks?: number;
}

/** Whether a reply can answer such a call: vectors only embed, text and tool calls only chat, all else does both. */
export function replyFits(reply: ScriptedReply, kind: RecordedCall["kind"]): boolean {
  if (typeof reply === "function") return true;
  if (typeof reply === "string") return kind !== "embed";
  const embeds = reply.embedding !== undefined || reply.embeddings !== undefined;
  const chats = reply.text !== undefined || reply.toolCalls !== undefined || reply.reasoning !== undefined;
  return kind === "embed" ? !chats : !embeds;
}

/** The pieces in which a stream sends the reply's text. Joined, they are the text that `replyText` gives. */
export function replyChunks(reply: ReplyScript): readonly string[] {
  const { text = "", chunks } = reply;
  if (typeof chunks === "object") return chunks;
  if (chunks === undefined) return splitWords(text);
  const size = Math.max(1, Math.floor(chunks));
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size));
}

/** The whole text: `text`, or the listed chunks joined where only they are given. */
export function replyText(reply: ReplyScript): string {
  return typeof reply.chunks === "object" ? reply.chunks.join("") : (reply.text ?? "");
}
