import type { LlamaContextSequence, Token } from "node-llama-cpp";

/** How long one piece may take, in milliseconds: an abort is seen between two of them. */
const PIECE_MS = 70;
/** With fewer at once llama.cpp reads two to three times slower, and one slow piece would make the next even slower. */
const SMALLEST_PIECE = 64;
/** What is left of a prompt, and a short prompt, is read slowly either way: so an abort need not wait for all of it. */
const LAST_PIECE = 16;
const LARGEST_PIECE = 512;

/**
 * Has a sequence read a prompt, all but its last token, in pieces as large as can be read in a moment.
 *
 * @param onPiece Called before each piece, while nothing is computed.
 * @returns How many tokens were there already, from a conversation that began the same.
 */
export async function readPrompt(
  sequence: LlamaContextSequence,
  tokens: readonly Token[],
  signal: AbortSignal,
  onPiece: () => void,
): Promise<number> {
  const prompt = tokens.slice(0, -1);
  await sequence.adaptStateToTokens(prompt, false);
  const cached = sequence.nextTokenIndex;
  let size = SMALLEST_PIECE;
  for (let at = cached; at < prompt.length; ) {
    signal.throwIfAborted();
    onPiece();
    const piece = prompt.slice(at, at + (prompt.length - at < SMALLEST_PIECE ? LAST_PIECE : size));
    const started = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(piece);
    at += piece.length;
    size = nextSize(piece.length, performance.now() - started);
  }
  signal.throwIfAborted();
  return cached;
}

/** How many tokens the next piece has, after one of so many took so long. */
export function nextSize(tokens: number, tookMs: number): number {
  const fitting = Math.floor((tokens * PIECE_MS) / Math.max(tookMs, 1));
  // Doubling at most: one quick measurement is no promise.
  return Math.min(LARGEST_PIECE, Math.max(SMALLEST_PIECE, Math.min(fitting, tokens * 2)));
}
