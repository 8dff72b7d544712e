import type { Backend } from "../../packages/core/src/model/backend.ts";
import type { Candidate } from "../../packages/core/src/routing/candidates/candidate.ts";
import { HealthBook } from "../../packages/core/src/routing/health/health-book.ts";
import { listPolicies } from "../../packages/core/src/routing/policies/list-policies.ts";
import type { CallOutcome } from "../../packages/core/src/routing/selection/leases.ts";
import { Selector } from "../../packages/core/src/routing/selection/selector.ts";
import { systemClock } from "../../packages/core/src/surroundings/clock.ts";

/** How many candidates there are. */
export const POOLS = [1, 8, 32, 128] as const;

/** Chooses one of so many, and gives its place. */
type Picker = (size: number) => () => number;

const ANSWERED: CallOutcome = { is: "answered", inputTokens: 800, outputTokens: 200 };

/** The clock is part of the work, as it is in a call. */
const clock = systemClock;

export const picks: Readonly<Record<string, Picker>> = {
  "the smallest of an array": (size) => {
    const costs = Float64Array.from({ length: size }, (_, at) => 1 + ((at * 7) % size));
    return () => {
      let best = 0;
      for (let at = 1; at < costs.length; at++) if ((costs[at] ?? 0) < (costs[best] ?? 0)) best = at;
      costs[best] = (costs[best] ?? 0) * 1.1;
      return best;
    };
  },
  auto: picker("auto"),
  "least-loaded": picker("least-loaded"),
  "lowest-latency": picker("lowest-latency"),
  "round-robin": picker("round-robin"),
  "auto, a third of them unwell": picker("auto", (at) => at % 3 === 1),
  "auto, a session": picker("auto", () => false, "session"),
};

/** A whole pick: everybody's health, the policy, the lease and its return, with several calls under way. */
function picker(policy: string, isUnwell: (at: number) => boolean = () => false, session?: string): Picker {
  return (size) => {
    const health = new HealthBook({ clock, random: Math.random });
    const selector = new Selector({ health, policies: listPolicies(), random: Math.random });
    const candidates = Array.from({ length: size }, (_, at): Candidate => candidateOf(at, health));
    for (const [at, candidate] of candidates.entries()) prepare(candidate, health, isUnwell(at));
    const places = new Map(candidates.map((candidate, at) => [candidate, at]));
    const underWay = candidates.map((candidate) => health.leases.take(candidate.health, clock.now()));
    let turn = 0;
    return () => {
      const selection = selector.select(candidates, { policy, now: clock.now(), session });
      if (selection.is !== "chosen") return -1;
      const oldest = turn++ % underWay.length;
      underWay[oldest]?.release(ANSWERED);
      underWay[oldest] = selection.lease;
      return places.get(selection.candidate) ?? -1;
    };
  };
}

function candidateOf(at: number, health: HealthBook): Candidate {
  const backend: Backend = {
    id: `backend-${at}`,
    type: "mock",
    routing: { concurrency: 1_000 },
    listModels: async () => [],
    languageModel: () => {
      throw new Error("nothing is called here");
    },
  };
  return { backend, model: { id: "model" }, health: health.of(backend, "model"), rank: 0 };
}

function prepare({ health: one }: Candidate, { leases }: HealthBook, isUnwell: boolean): void {
  const outcome: CallOutcome = isUnwell ? { is: "failed", failure: "rate_limit", retryAfterMs: 300_000 } : ANSWERED;
  leases.take(one, clock.now()).release(outcome);
}
