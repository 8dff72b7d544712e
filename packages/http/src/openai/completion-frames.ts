import { frameOf } from "../reply.ts";
import { addUsage, type CompletionHead, type CompletionUsage, usageOf } from "./completion.ts";
import type { From } from "./merged.ts";
import type { Piece, ToolPiece } from "./piece.ts";

const DONE = "data: [DONE]\n\n";

export interface FramesOptions {
  readonly head: CompletionHead;
  /** Whether the client asked for the usage: a chunk of its own at the end, and null in all others. */
  readonly includeUsage: boolean;
  /** What a client reads of a failure in the middle of the stream. */
  readonly told: (error: unknown) => unknown;
}

/** Pieces of answers as OpenAI streams them. After a failure comes its error and nothing more, so that nobody takes half for all. */
export async function* completionFrames(
  pieces: AsyncIterable<From<Piece>>,
  { head, includeUsage, told }: FramesOptions,
): AsyncGenerator<string> {
  const begun = new Set<number>();
  let { model } = head;
  let usage = usageOf();
  let chunk = chunks(head, includeUsage);
  try {
    for await (const { source, value } of pieces) {
      if (value.kind === "model") {
        // All chunks name the same one.
        if (begun.size === 0) ({ model } = value);
        chunk = chunks({ ...head, model }, includeUsage);
        continue;
      }
      if (!begun.has(source)) {
        begun.add(source);
        yield chunk(source, { role: "assistant", content: "" });
      }
      if (value.kind !== "end") yield chunk(source, deltaOf(value));
      else {
        usage = addUsage(usage, value.usage);
        yield chunk(source, {}, value.finishReason);
      }
    }
  } catch (error) {
    yield frameOf(told(error));
    return;
  }
  if (includeUsage) yield frameOf(lastChunk({ ...head, model }, usage));
  yield DONE;
}

function deltaOf(piece: Exclude<Piece, { kind: "end" | "model" }>) {
  if (piece.kind === "text") return { content: piece.text };
  if (piece.kind === "reasoning") return { reasoning_content: piece.text };
  return { tool_calls: [toolDelta(piece)] };
}

function toolDelta({ index, id, name, arguments: args }: ToolPiece) {
  if (name === undefined) return { index, function: { arguments: args } };
  return { index, ...(id && { id }), type: "function", function: { name, arguments: args } };
}

function chunks({ id, created, model }: CompletionHead, includeUsage: boolean) {
  const usage = includeUsage ? { usage: null } : {};
  return (index: number, delta: object, finish_reason: string | null = null): string =>
    frameOf({
      id,
      object: "chat.completion.chunk",
      created,
      model,
      choices: [{ index, delta, logprobs: null, finish_reason }],
      ...usage,
    });
}

function lastChunk({ id, created, model }: CompletionHead, usage: CompletionUsage) {
  return { id, object: "chat.completion.chunk", created, model, choices: [], usage };
}
