import type { LanguageModelResult, LanguageModelStreamPart } from "@catenary/core";
import { finishReasonOf } from "./finish-reason.ts";
import { modelUsage } from "./model-usage.ts";
import type { Piece } from "./piece.ts";

export type OnWarnings = (warnings: LanguageModelResult["warnings"]) => void;

/** What a model streams, in pieces of an answer; `warned` gets what it could not take as it is, before the first of them. Throws what the stream tells of a failure. Whoever stops reading ends the call. */
export async function* piecesOfModel(
  stream: ReadableStream<LanguageModelStreamPart>,
  warned: OnWarnings = () => {},
): AsyncGenerator<Piece> {
  const reader = stream.getReader();
  const calls = new ToolCalls();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      if (next.value.type === "stream-start") warned(next.value.warnings);
      const piece = pieceOf(next.value, calls);
      if (piece !== undefined) yield piece;
    }
  } finally {
    // Nothing happens where the stream is over.
    await reader.cancel().catch(() => {});
  }
}

function pieceOf(part: LanguageModelStreamPart, calls: ToolCalls): Piece | undefined {
  switch (part.type) {
    case "response-metadata":
      return part.modelId === undefined ? undefined : { kind: "model", model: part.modelId };
    case "text-delta":
      return part.delta === "" ? undefined : { kind: "text", text: part.delta };
    case "reasoning-delta":
      return part.delta === "" ? undefined : { kind: "reasoning", text: part.delta };
    case "tool-input-start":
      return calls.begin(part.id, part.toolName);
    case "tool-input-delta":
      return calls.goOn(part.id, part.delta);
    case "tool-call":
      return calls.whole(part.toolCallId, part.toolName, part.input);
    case "finish": {
      const finishReason = finishReasonOf(part.finishReason.unified, calls.any);
      return { kind: "end", finishReason, usage: modelUsage(part.usage) };
    }
    case "error":
      throw part.error;
    default:
      return undefined;
  }
}

/** The calls of one answer, by their place. Some providers stream the arguments, some tell the whole call at once, most do both. */
class ToolCalls {
  readonly #places = new Map<string, number>();
  readonly #withArguments = new Set<string>();

  get any(): boolean {
    return this.#places.size > 0;
  }

  begin(id: string, name: string, args = ""): Piece {
    const index = this.#places.size;
    this.#places.set(id, index);
    if (args !== "") this.#withArguments.add(id);
    return { kind: "tool", index, id, name, arguments: args };
  }

  goOn(id: string, args: string): Piece | undefined {
    const index = this.#places.get(id);
    if (index === undefined || args === "") return undefined;
    this.#withArguments.add(id);
    return { kind: "tool", index, arguments: args };
  }

  /** Only what has not been told. */
  whole(id: string, name: string, args: string): Piece | undefined {
    if (!this.#places.has(id)) return this.begin(id, name, args);
    return this.#withArguments.has(id) ? undefined : this.goOn(id, args);
  }
}
