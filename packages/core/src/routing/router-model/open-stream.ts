import { ReplyError } from "../../errors/reply-error.ts";
import type {
  LanguageModel,
  LanguageModelCallOptions,
  LanguageModelStreamPart,
  LanguageModelStreamResult,
} from "../../model/contract.ts";
import { isContent } from "../../model/is-content.ts";
import { streamOf, truncated } from "../../model/read-stream.ts";
import { textsOfWarnings } from "../../model/text-of-warning.ts";
import type { Turn } from "../call/turn.ts";
import { passOn } from "./pass-on.ts";

/** How much may come before the answer begins; who sends more is passed on as it is. */
const MOST_HELD_PARTS = 64;
const MOST_HELD_CHARACTERS = 256 * 1024;

/**
 * Opens a candidate's stream and reads until the answer begins. What comes before (warnings, metadata, beginnings) is held back
 * until then, so that a candidate which fails before it has said anything can be replaced and nobody notices. Then the turn is kept
 * until the stream is over.
 */
export async function openStream(
  turn: Turn,
  model: LanguageModel,
  call: LanguageModelCallOptions,
): Promise<LanguageModelStreamResult> {
  turn.expectPieces();
  const { signal } = turn;
  const result = await model.doStream({ ...call, abortSignal: signal });
  const reader = streamOf(result).getReader();
  const leave = () => reader.cancel(signal.reason).catch(() => {});
  // Whether the provider listens to the signal or not.
  signal.addEventListener("abort", leave, { once: true });
  const held: LanguageModelStreamPart[] = [];
  try {
    signal.throwIfAborted();
    await untilAnswer(reader, held, turn);
    signal.throwIfAborted();
  } catch (error) {
    leave();
    throw error;
  } finally {
    signal.removeEventListener("abort", leave);
  }
  turn.keep();
  turn.committed();
  nameModel(held, turn.candidate.model.id);
  return { ...result, stream: passOn(held, reader, turn) };
}

async function untilAnswer(
  reader: ReadableStreamDefaultReader<LanguageModelStreamPart>,
  held: LanguageModelStreamPart[],
  turn: Turn,
): Promise<void> {
  let characters = 0;
  while (held.length < MOST_HELD_PARTS && characters < MOST_HELD_CHARACTERS) {
    const { done, value: part } = await reader.read();
    if (done) throw truncated();
    if (part.type === "error") throw part.error;
    if (part.type === "finish") {
      const { unified } = part.finishReason;
      if (unified === "error") throw new ReplyError("the model ended its answer with an error");
      if (unified === "interrupted") throw truncated();
    }
    if (part.type === "stream-start") turn.warned(textsOfWarnings(part.warnings));
    held.push(part);
    if (isContent(part)) {
      turn.content();
      return;
    }
    turn.piece();
    if (part.type === "finish") return;
    if (part.type === "raw") characters += lengthOf(part.rawValue);
  }
}

function lengthOf(value: unknown): number {
  try {
    return JSON.stringify(value)?.length ?? 0;
  } catch {
    return 0;
  }
}

/** Says which model answers, where its provider does not. */
function nameModel(held: LanguageModelStreamPart[], modelId: string): void {
  const at = held.findIndex((part) => part.type === "response-metadata");
  const part = held[at];
  if (part?.type === "response-metadata") {
    if (part.modelId === undefined) held[at] = { ...part, modelId };
    return;
  }
  const start = held[0]?.type === "stream-start" ? 1 : 0;
  held.splice(start, 0, { type: "response-metadata", modelId });
}
