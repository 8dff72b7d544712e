import type { CompletionUsage } from "./completion.ts";

/** A piece of an answer while it comes. The first may say which model answers; the last one is its end. */
export type Piece =
  | { readonly kind: "model"; readonly model: string }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "reasoning"; readonly text: string }
  | ToolPiece
  | EndPiece;

/** Of a call's first piece `id` and `name` are there. */
export interface ToolPiece {
  readonly kind: "tool";
  /** The call's place in the answer. */
  readonly index: number;
  readonly id?: string;
  readonly name?: string;
  /** A piece of the arguments' JSON text. */
  readonly arguments: string;
}

export interface EndPiece {
  readonly kind: "end";
  readonly finishReason: string;
  readonly usage: CompletionUsage;
}
