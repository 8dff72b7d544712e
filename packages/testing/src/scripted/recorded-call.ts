import type { EmbeddingModel, LanguageModelCallOptions, LanguageModelPrompt } from "@catenary/core";

/** A call that a scripted backend was given. */
export type RecordedCall = RecordedChatCall | RecordedEmbedCall;

interface AnyCall {
  /** The model it was made to. */
  readonly model: string;
  /** The last user text, or the texts to embed, one a line. */
  readonly text: string;
}

export interface RecordedChatCall extends AnyCall {
  readonly kind: "generate" | "stream";
  readonly prompt: LanguageModelPrompt;
  readonly responseFormat: LanguageModelCallOptions["responseFormat"];
  readonly tools: LanguageModelCallOptions["tools"];
  readonly toolChoice: LanguageModelCallOptions["toolChoice"];
  /** Everything that the caller passed. */
  readonly options: LanguageModelCallOptions;
}

export interface RecordedEmbedCall extends AnyCall {
  readonly kind: "embed";
  readonly values: readonly string[];
  readonly options: Parameters<EmbeddingModel["doEmbed"]>[0];
}

/** What a test expects of a call; what it leaves out may be anything. */
export interface ExpectedCall {
  readonly kind?: RecordedCall["kind"];
  readonly model?: string;
  /** A part of the call's text, or a pattern that it matches. */
  readonly text?: string | RegExp;
}

/** What of a call is not as expected, in words; undefined where it is. */
export function describeMismatch(call: RecordedCall, expected: ExpectedCall): string | undefined {
  if (expected.kind !== undefined && call.kind !== expected.kind) return `kind "${call.kind}", not "${expected.kind}"`;
  if (expected.model !== undefined && call.model !== expected.model) {
    return `model "${call.model}", not "${expected.model}"`;
  }
  const { text } = expected;
  if (text === undefined) return undefined;
  // search() ignores the lastIndex that a global pattern keeps between calls.
  const found = typeof text === "string" ? call.text.includes(text) : call.text.search(text) >= 0;
  return found
    ? undefined
    : `text ${JSON.stringify(call.text)}, without ${text instanceof RegExp ? text : JSON.stringify(text)}`;
}
