import { EQUAL, MIXED, type ServerKind } from "./pools.ts";
import { type Plan, simulate } from "./simulate.ts";
import type { TallyResult } from "./tally.ts";

/** How much is simulated: the more, the steadier the figures. */
export interface Extent {
  readonly seeds: number;
  readonly seconds: number;
}

/** A policy, and whether routing is told how many calls each server takes at once. */
export interface Contender {
  readonly name: string;
  readonly policy: string;
  readonly knowsPlaces: boolean;
}

export const CONTENDERS: readonly Contender[] = [
  { name: "auto", policy: "auto", knowsPlaces: false },
  { name: "least-loaded", policy: "least-loaded", knowsPlaces: false },
  { name: "lowest-latency", policy: "lowest-latency", knowsPlaces: false },
  { name: "round-robin", policy: "round-robin", knowsPlaces: false },
  { name: "random", policy: "random", knowsPlaces: false },
  { name: "auto, places known", policy: "auto", knowsPlaces: true },
  { name: "least-loaded, places known", policy: "least-loaded", knowsPlaces: true },
  { name: "ordered, places known", policy: "ordered", knowsPlaces: true },
];

export const LOADS = [0.3, 0.5, 0.7, 0.8, 0.9, 1, 1.1];

/** The mean over the seeds. */
export function repeated(plan: Omit<Plan, "seed">, { seeds }: Extent): TallyResult {
  const results = Array.from({ length: seeds }, (_, index) => simulate({ ...plan, seed: 7919 * (index + 1) }));
  const mean = (read: (result: TallyResult) => number) => results.reduce((sum, one) => sum + read(one), 0) / seeds;
  return {
    asked: mean(({ asked }) => asked),
    good: mean(({ good }) => good),
    failed: mean(({ failed }) => failed),
    callsPerRequest: mean(({ callsPerRequest }) => callsPerRequest),
    firstTokenMedianS: mean(({ firstTokenMedianS }) => firstTokenMedianS),
    firstTokenP99S: mean(({ firstTokenP99S }) => firstTokenP99S),
    sessionsFound: mean(({ sessionsFound }) => sessionsFound),
  };
}

function planOf(servers: readonly ServerKind[], load: number, contender: Contender, { seconds }: Extent) {
  const { policy, knowsPlaces } = contender;
  return { servers, load, policy, knowsPlaces, seconds, warmUpS: 0.1 * seconds };
}

/** A pool of unlike servers under one load. */
export function underLoad(load: number, contender: Contender, extent: Extent): TallyResult {
  return repeated(planOf(MIXED, load, contender, extent), extent);
}

/** Eight equal servers at 60 %: the first refuses everything and the second is ten times slower, for a third of the time, which alone counts. */
export function withFaults(contender: Contender, extent: Extent): TallyResult {
  const { seconds } = extent;
  const [fromS, toS] = [seconds / 3, (2 * seconds) / 3];
  return repeated(
    {
      ...planOf(EQUAL, 0.6, contender, extent),
      faults: [
        { server: 0, fault: "refuses", fromS, toS },
        { server: 1, fault: { slower: 10 }, fromS, toS },
      ],
      window: [fromS, toS],
    },
    extent,
  );
}

/** The same, where one server takes calls and never answers, and the first token may take ten seconds. */
export function withSilence(contender: Contender, extent: Extent): TallyResult {
  const { seconds } = extent;
  const [fromS, toS] = [seconds / 3, (2 * seconds) / 3];
  return repeated(
    {
      ...planOf(EQUAL, 0.6, contender, extent),
      firstTokenTimeoutS: 10,
      goodFirstTokenS: 15,
      faults: [{ server: 0, fault: "silent", fromS, toS }],
      window: [fromS, toS],
    },
    extent,
  );
}

/** Eight equal servers, all of which refuse everything for a third of the time: what is asked of them is asked for nothing. */
export function withAllDown(contender: Contender, extent: Extent): TallyResult {
  const { seconds } = extent;
  const [fromS, toS] = [seconds / 3, (2 * seconds) / 3];
  return repeated(
    {
      ...planOf(EQUAL, 0.6, contender, extent),
      faults: EQUAL.map((_, server) => ({ server, fault: "refuses" as const, fromS, toS })),
      window: [fromS, toS],
    },
    extent,
  );
}

/** More than eight equal servers can take, with little patience: attempts after the first make it worse, unless they know when not to. */
export function overloaded(attempts: number, contender: Contender, extent: Extent): TallyResult {
  return repeated(
    {
      ...planOf(EQUAL, 1.1, contender, extent),
      attempts,
      firstTokenTimeoutS: 5,
      serverQueue: 64,
      goodFirstTokenS: 5,
      goodTotalS: 60,
    },
    extent,
  );
}

/** Slower readers, and conversations of eight turns: a server that has the beginning in memory reads it ten times as fast. */
export function inSessions(
  isTold: boolean,
  sessionsPerSecond: number,
  contender: Contender,
  extent: Extent,
): TallyResult {
  const servers = EQUAL.map((kind) => ({ ...kind, promptTokensPerSecond: 1500 }));
  return repeated(
    {
      ...planOf(servers, sessionsPerSecond, contender, extent),
      sessions: { meanTurns: 8, meanPauseS: 8, isTold },
      goodFirstTokenS: 3,
    },
    extent,
  );
}
