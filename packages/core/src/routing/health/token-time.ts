/** The weight of the newest call. */
const ALPHA = 0.1;
/** Reading a token costs about a tenth of writing one. */
const READ_SHARE = 0.1;
/** Of calls that do not say what they spent: a prompt of 800 tokens and an answer of 200. */
export const TYPICAL_TOKENS = 280;
/** Milliseconds for each token, where nobody was measured yet. */
export const PRIOR_TOKEN_MS = 20;

/**
 * How long a candidate takes for a token, in milliseconds: the time of whole calls, waiting on the server included, for what they
 * wrote and read. It does not decay while the candidate is idle: many processes that forgot together would all turn to the slow one.
 */
export class TokenTime {
  #perToken: number | undefined;
  #updatedAt = Number.NEGATIVE_INFINITY;
  #tokens = TYPICAL_TOKENS;

  /** Undefined where no call was answered yet. */
  get perToken(): number | undefined {
    return this.#perToken;
  }

  /** When a call was last measured, in milliseconds since the Unix epoch. */
  get updatedAt(): number {
    return this.#updatedAt;
  }

  /** What a call writes, with its share of what it reads, on average. */
  get tokensPerCall(): number {
    return this.#tokens;
  }

  answered(tookMs: number, now: number, inputTokens: number | undefined, outputTokens: number | undefined): void {
    const tokens = weightOf(inputTokens, outputTokens);
    const perToken = Math.max(tookMs, 1) / tokens;
    this.#perToken = this.#perToken === undefined ? perToken : this.#perToken + ALPHA * (perToken - this.#perToken);
    this.#tokens += ALPHA * (tokens - this.#tokens);
    this.#updatedAt = now;
  }
}

function weightOf(inputTokens: number | undefined, outputTokens: number | undefined): number {
  if (inputTokens === undefined && outputTokens === undefined) return TYPICAL_TOKENS;
  const tokens = (outputTokens ?? 0) + (inputTokens ?? 0) * READ_SHARE;
  return Math.max(tokens, 1);
}
