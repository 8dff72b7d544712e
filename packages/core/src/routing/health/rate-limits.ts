import type { BackendRouting } from "../../model/backend-routing.ts";
import { MinuteWindow } from "./minute-window.ts";

/** How many calls and tokens a minute a backend may be given. Tokens are set aside when a call begins, and counted when it ends. */
export class RateLimits {
  readonly #mostRequests: number;
  readonly #mostTokens: number;
  readonly #requests = new MinuteWindow();
  readonly #tokens = new MinuteWindow();
  #reserved = 0;

  constructor({ requestsPerMinute = Infinity, tokensPerMinute = Infinity }: BackendRouting) {
    this.#mostRequests = requestsPerMinute;
    this.#mostTokens = tokensPerMinute;
  }

  /** Undefined for a backend without limits. */
  static of(routing: BackendRouting | undefined): RateLimits | undefined {
    const isLimited = routing?.requestsPerMinute !== undefined || routing?.tokensPerMinute !== undefined;
    return isLimited ? new RateLimits(routing) : undefined;
  }

  /** Tokens that calls under way may spend. */
  get reserved(): number {
    return this.#reserved;
  }

  /** Tokens spent within the last minute. */
  spent(now: number): number {
    return this.#tokens.total(now);
  }

  /** When a call of about so many tokens may begin, in milliseconds since the Unix epoch; not after `now`: at once. */
  freeAt(now: number, tokens: number): number {
    const requestsAt = this.#requests.fallsTo(this.#mostRequests - 1, now);
    // What is larger than the limit can never fit, and goes when nothing else was spent.
    const room = Math.max(this.#mostTokens - tokens - this.#reserved, 0);
    return Math.max(requestsAt, this.#tokens.fallsTo(room, now), this.#isTaken(tokens) ? now + 1_000 : now);
  }

  begin(now: number, tokens: number): void {
    this.#requests.add(1, now);
    this.#reserved += tokens;
  }

  /** @param spent 0 for a call that nobody read. */
  end(now: number, reserved: number, spent: number): void {
    this.#reserved = Math.max(this.#reserved - reserved, 0);
    if (spent > 0) this.#tokens.add(spent, now);
  }

  /** Whether calls under way hold what this one would need: nobody knows when they end. */
  #isTaken(tokens: number): boolean {
    return this.#reserved > 0 && this.#reserved + tokens > this.#mostTokens;
  }
}
