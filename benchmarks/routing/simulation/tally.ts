import type { Answer } from "./caller.ts";
import type { SimulatedServer } from "./simulated-server.ts";

export interface TallyOptions {
  /** Only what is asked from then on, and before then, counts. */
  readonly fromS: number;
  readonly toS: number;
  readonly goodFirstTokenS: number;
  readonly goodTotalS: number;
}

export interface TallyResult {
  readonly asked: number;
  /** Which share was answered in good time. What never ended counts as not good. */
  readonly good: number;
  readonly failed: number;
  readonly callsPerRequest: number;
  readonly firstTokenMedianS: number;
  readonly firstTokenP99S: number;
  /** Which share of the calls of a session found it in their server's memory. */
  readonly sessionsFound: number;
}

/** Counts how calls fared. */
export class Tally {
  readonly #options: TallyOptions;
  readonly #firstTokensMs: number[] = [];
  #asked = 0;
  #ended = 0;
  #good = 0;
  #failed = 0;
  #calls = 0;

  constructor(options: TallyOptions) {
    this.#options = options;
  }

  /** Notes that somebody asked. What it gives notes the answer. */
  asked(atS: number): (answer: Answer) => void {
    const { fromS, toS, goodFirstTokenS, goodTotalS } = this.#options;
    if (atS < fromS || atS >= toS) return () => {};
    this.#asked++;
    return ({ isAnswered, firstTokenMs, totalMs, calls }) => {
      this.#ended++;
      this.#calls += calls;
      if (!isAnswered) {
        this.#failed++;
        return;
      }
      this.#firstTokensMs.push(firstTokenMs);
      if (firstTokenMs <= goodFirstTokenS * 1000 && totalMs <= goodTotalS * 1000) this.#good++;
    };
  }

  result(servers: readonly SimulatedServer[]): TallyResult {
    const sorted = this.#firstTokensMs.toSorted((a, b) => a - b);
    const askedOfSessions = sumOf(servers, ({ sessions }) => sessions.asked);
    return {
      asked: this.#asked,
      good: this.#good / this.#asked,
      failed: this.#failed / this.#asked,
      callsPerRequest: this.#calls / Math.max(1, this.#ended),
      firstTokenMedianS: quantile(sorted, 0.5) / 1000,
      firstTokenP99S: quantile(sorted, 0.99) / 1000,
      sessionsFound: sumOf(servers, ({ sessions }) => sessions.found) / Math.max(1, askedOfSessions),
    };
  }
}

function sumOf(servers: readonly SimulatedServer[], count: (server: SimulatedServer) => number): number {
  return servers.reduce((sum, server) => sum + count(server), 0);
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
