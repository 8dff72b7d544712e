import type { LanguageModelCallOptions, LanguageModelResult, LanguageModelStreamPart } from "@catenary/core";
import type { Subject } from "./subject.ts";

/** A short question, answered in the same words every time where the model allows it. */
export function ask(
  subject: Pick<Subject, "maxOutputTokens">,
  more: Partial<LanguageModelCallOptions> & { readonly text?: string; readonly system?: string } = {},
): LanguageModelCallOptions {
  const { text = "Say hello.", system, ...rest } = more;
  return {
    prompt: [
      ...(system === undefined ? [] : [{ role: "system" as const, content: system }]),
      { role: "user", content: [{ type: "text", text }] },
    ],
    temperature: 0,
    seed: 1,
    maxOutputTokens: subject.maxOutputTokens ?? 16,
    ...rest,
  };
}

/** The words of an answer. */
export function textOf({ content }: Pick<LanguageModelResult, "content">): string {
  return content.map((part) => (part.type === "text" ? part.text : "")).join("");
}

export interface StreamedAnswer {
  readonly parts: readonly LanguageModelStreamPart[];
  readonly text: string;
  /** What ended the stream early: thrown by the stream, or told in a part. */
  readonly error?: unknown;
}

/** Reads a stream to its end, however it ends. `onPart` sees each part as it comes. */
export async function readStream(
  stream: ReadableStream<LanguageModelStreamPart>,
  onPart: (part: LanguageModelStreamPart) => void = () => {},
): Promise<StreamedAnswer> {
  const parts: LanguageModelStreamPart[] = [];
  let failure: { readonly error: unknown } | undefined;
  try {
    for await (const part of stream) {
      parts.push(part);
      if (part.type === "error") failure ??= { error: part.error };
      onPart(part);
    }
  } catch (error) {
    failure ??= { error };
  }
  const text = parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");
  return { parts, text, ...failure };
}

/** The error with which a promise rejects; fails where it does not. */
export async function rejection(promise: PromiseLike<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("expected a rejection, but the call succeeded");
}
