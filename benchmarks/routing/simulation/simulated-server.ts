import type { EventQueue, Scheduled } from "./event-queue.ts";
import type { ServerKind } from "./pools.ts";

/** What is wrong with a server: it refuses at once, it never answers, or it is so many times slower. */
export type Fault = "refuses" | "silent" | { readonly slower: number };

/** One call, as the server that has it sees it. */
export interface ServerCall {
  readonly promptTokens: number;
  readonly answerTokens: number;
  /** Which conversation it belongs to; what the server still has of that in memory is read ten times as fast. */
  readonly session?: string;
  onFirstToken(): void;
  onAnswered(): void;
  onRefused(): void;
}

interface Admitted {
  readonly call: ServerCall;
  readonly ahead: Scheduled[];
  isRunning: boolean;
  isOver: boolean;
}

const REFUSAL_MS = 5;
const FULL_MS = 2;
/** Of how many conversations the server keeps what it has read. */
const KEPT_SESSIONS = 200;
const READ_AGAIN = 0.1;

/** A model server with slots and a queue of its own. */
export class SimulatedServer {
  readonly kind: ServerKind;
  fault: Fault | undefined;
  /** How many of its calls found their conversation in memory, and how many belonged to one. */
  readonly sessions = { found: 0, asked: 0 };
  readonly #time: EventQueue;
  readonly #longestQueue: number;
  readonly #waiting: Admitted[] = [];
  readonly #kept = new Map<string, number>();
  #running = 0;

  constructor(kind: ServerKind, time: EventQueue, longestQueue = 512) {
    this.kind = kind;
    this.#time = time;
    this.#longestQueue = longestQueue;
  }

  /** Takes a call. The returned function gives it up. */
  take(call: ServerCall): () => void {
    const admitted: Admitted = { call, ahead: [], isRunning: false, isOver: false };
    if (this.fault === "refuses") this.#refuse(admitted, REFUSAL_MS);
    else if (this.fault === "silent") return () => {};
    else if (this.#running < this.kind.slots) this.#start(admitted);
    else if (this.#waiting.length < this.#longestQueue) this.#waiting.push(admitted);
    else this.#refuse(admitted, FULL_MS);
    return () => this.#end(admitted);
  }

  #refuse(admitted: Admitted, delayMs: number): void {
    admitted.ahead.push(this.#time.after(delayMs, () => this.#end(admitted) && admitted.call.onRefused()));
  }

  #start(admitted: Admitted): void {
    const { call, ahead } = admitted;
    const { promptTokensPerSecond, tokenMs } = this.kind;
    const slower = typeof this.fault === "object" ? this.fault.slower : 1;
    const promptMs = (this.#tokensToRead(call) / promptTokensPerSecond) * 1000 * slower;
    this.#running++;
    admitted.isRunning = true;
    ahead.push(this.#time.after(promptMs, call.onFirstToken));
    const answeredMs = promptMs + call.answerTokens * tokenMs * slower;
    ahead.push(this.#time.after(answeredMs, () => this.#end(admitted) && call.onAnswered()));
  }

  #tokensToRead({ session, promptTokens, answerTokens }: ServerCall): number {
    if (session === undefined) return promptTokens;
    const known = Math.min(promptTokens, this.#kept.get(session) ?? 0);
    this.sessions.asked++;
    if (known > 0) this.sessions.found++;
    this.#kept.delete(session);
    this.#kept.set(session, promptTokens + answerTokens);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT_SESSIONS && oldest !== undefined) this.#kept.delete(oldest);
    return promptTokens - known + known * READ_AGAIN;
  }

  /** Whether it had not ended before. */
  #end(admitted: Admitted): boolean {
    if (admitted.isOver) return false;
    admitted.isOver = true;
    for (const scheduled of admitted.ahead) scheduled.cancel();
    if (admitted.isRunning) {
      this.#running--;
      this.#startWaiting();
    }
    return true;
  }

  #startWaiting(): void {
    while (this.#running < this.kind.slots) {
      const next = this.#waiting.shift();
      if (next === undefined) return;
      if (!next.isOver) this.#start(next);
    }
  }
}
