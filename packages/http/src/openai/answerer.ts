import type { Answered } from "./completion.ts";
import type { Piece } from "./piece.ts";

/** Whoever answers: a model, or a chain. Each call is an answer of its own. */
export interface Answerer {
  /** Whole. A chain may give several, or none. */
  answer(signal: AbortSignal): Promise<readonly Answered[]>;
  /** In pieces. Nothing begins before somebody reads. */
  pieces(signal: AbortSignal): AsyncGenerator<Piece>;
  /** What the completion says of the model; of a stream nothing is there yet when it is asked. */
  modelOf(answers: readonly Answered[]): string;
  /** Whether the client is who named one of these models. */
  isNamed(models: readonly unknown[]): boolean;
  /** What of the request could not be met, as far as it is known; of a stream when its first piece is there. */
  warnings?(): Iterable<string>;
  /** More fields of a completion that is whole. */
  extras?(): object;
}
