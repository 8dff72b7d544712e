import type { LanguageModelCallOptions } from "@catenary/core";
import type { Writer } from "./contestants.ts";

/** When the first word of an answer came, when its last, and what was read and written; milliseconds of the process's clock. */
export interface Answer {
  readonly firstMs: number;
  readonly lastMs: number;
  /** Tokens of the prompt that were read for it. Servers that do not tell which were there already count all. */
  readonly read: number;
  /** Tokens of the answer. */
  readonly written: number;
}

/** Has a model answer, always the same. */
export async function answer(
  { model, providerOptions }: Writer,
  text: string,
  maxOutputTokens: number,
): Promise<Answer> {
  const call: LanguageModelCallOptions = {
    prompt: [{ role: "user", content: [{ type: "text", text }] }],
    temperature: 0,
    topK: 1,
    maxOutputTokens,
    providerOptions,
  };
  const { stream } = await model.doStream(call);
  let firstMs: number | undefined;
  let read = 0;
  let written = 0;
  for await (const part of stream) {
    if (part.type === "text-delta") firstMs ??= performance.now();
    if (part.type === "error") throw part.error;
    if (part.type !== "finish") continue;
    read = part.usage.inputTokens.noCache ?? part.usage.inputTokens.total ?? 0;
    written = part.usage.outputTokens.total ?? 0;
  }
  if (firstMs === undefined || written === 0) throw new Error("expected an answer in words, and its number of tokens");
  return { firstMs, lastMs: performance.now(), read, written };
}
