import type { Backend } from "../../../packages/core/src/model/backend.ts";
import type { Candidate } from "../../../packages/core/src/routing/candidates/candidate.ts";
import { HealthBook } from "../../../packages/core/src/routing/health/health-book.ts";
import { listPolicies } from "../../../packages/core/src/routing/policies/list-policies.ts";
import { Selector } from "../../../packages/core/src/routing/selection/selector.ts";
import { type Answer, Caller, type CallerOptions, type Question, type Router } from "./caller.ts";
import { Chance } from "./chance.ts";
import { EventQueue } from "./event-queue.ts";
import { capacityOf, MEAN_ANSWER_TOKENS, MEAN_PROMPT_TOKENS, type ServerKind } from "./pools.ts";
import { type Fault, SimulatedServer } from "./simulated-server.ts";
import { Tally, type TallyResult } from "./tally.ts";

/** What goes wrong, with which server, from when to when. */
export interface PlannedFault {
  readonly server: number;
  readonly fault: Fault;
  readonly fromS: number;
  readonly toS: number;
}

/** Conversations of several turns, each with all that was said before. */
export interface SessionPlan {
  readonly meanTurns: number;
  readonly meanPauseS: number;
  /** Whether calls say which session they belong to. */
  readonly isTold: boolean;
}

/** What is simulated. Times are in seconds. */
export interface Plan {
  readonly servers: readonly ServerKind[];
  /** Calls that arrive, as a fraction of what all servers finish when they are full. With `sessions`: conversations that begin in a second. */
  readonly load: number;
  readonly policy: string;
  readonly seed: number;
  readonly seconds: number;
  /** What happens before is not counted. */
  readonly warmUpS: number;
  /** Whether routing is told how many calls each server takes at once. */
  readonly knowsPlaces: boolean;
  /** Default 3, as in the runtime. */
  readonly attempts?: number;
  /** Default 60. */
  readonly firstTokenTimeoutS?: number;
  /** Default 1: how many processes route, each with its own knowledge. */
  readonly routers?: number;
  readonly faults?: readonly PlannedFault[];
  readonly sessions?: SessionPlan;
  /** How many calls may wait in a server. Default 512. */
  readonly serverQueue?: number;
  /** A call is good when its first token came in this time, and all of it in that. Default 10 and 90. */
  readonly goodFirstTokenS?: number;
  readonly goodTotalS?: number;
  /** Only what is asked in this time counts. Default: everything after the warm-up. */
  readonly window?: readonly [number, number];
}

const PROMPT_SPREAD = 1;
const ANSWER_SPREAD = 0.8;
/** How long calls that are under way at the end may still take. */
const DRAIN_S = 300;
const FIRST_QUESTION_TOKENS = 1500;
const NEXT_QUESTION_TOKENS = 150;
const QUESTION_SPREAD = 0.6;

/** Lets calls arrive as they do in life, each on its own account, and counts how they fared. The same plan gives the same result. */
export function simulate(plan: Plan): TallyResult {
  const time = new EventQueue();
  const chance = new Chance(plan.seed);
  const servers = plan.servers.map((kind) => new SimulatedServer(kind, time, plan.serverQueue));
  const routers = Array.from({ length: plan.routers ?? 1 }, () => routerOver(servers, plan, time, chance));
  const tally = new Tally({
    fromS: plan.window?.[0] ?? plan.warmUpS,
    toS: plan.window?.[1] ?? plan.seconds,
    goodFirstTokenS: plan.goodFirstTokenS ?? 10,
    goodTotalS: plan.goodTotalS ?? 90,
  });
  const ask = (question: Question, onEnd?: (answer: Answer) => void) => {
    const count = tally.asked(time.nowMs / 1000);
    const router = routers[Math.floor(chance.uniform() * routers.length)] ?? routers[0];
    if (router === undefined) return;
    new Caller(callerOptions(plan, router, servers, time), question, (answer) => {
      count(answer);
      onEnd?.(answer);
    });
  };
  planFaults(plan.faults ?? [], servers, time);
  if (plan.sessions === undefined) arriveOneByOne(plan, time, chance, ask);
  else arriveInSessions(plan, plan.sessions, time, chance, ask);
  time.run((plan.seconds + DRAIN_S) * 1000);
  return tally.result(servers);
}

type Ask = (question: Question, onEnd?: (answer: Answer) => void) => void;

function routerOver(servers: readonly SimulatedServer[], plan: Plan, time: EventQueue, chance: Chance): Router {
  const clock = { now: () => time.nowMs };
  const random = chance.uniform;
  const health = new HealthBook({ clock, random });
  const policies = listPolicies();
  const selector = new Selector({ health, policies, random });
  const candidates = servers.map(({ kind }, index): Candidate => {
    const backend = simulatedBackend(`${kind.name}-${index}`, kind, plan.knowsPlaces);
    return { backend, model: { id: "m" }, health: health.of(backend, "m"), rank: 0 };
  });
  return { selector, health, candidates };
}

function simulatedBackend(id: string, kind: ServerKind, knowsPlaces: boolean): Backend {
  const refuse = () => {
    throw new Error("a simulated backend is not called: its server is");
  };
  return {
    id,
    type: "simulated",
    ...(knowsPlaces && { routing: { concurrency: kind.slots } }),
    listModels: refuse,
    languageModel: refuse,
  };
}

function callerOptions(
  plan: Plan,
  router: Router,
  servers: readonly SimulatedServer[],
  time: EventQueue,
): CallerOptions {
  return {
    time,
    router,
    policy: plan.policy,
    attempts: plan.attempts ?? 3,
    firstTokenTimeoutMs: (plan.firstTokenTimeoutS ?? 60) * 1000,
    serverOf: (candidate) => {
      const server = servers[router.candidates.indexOf(candidate)];
      if (server === undefined) throw new Error("a candidate was chosen that has no server");
      return server;
    },
  };
}

function planFaults(faults: readonly PlannedFault[], servers: readonly SimulatedServer[], time: EventQueue): void {
  for (const { server: index, fault, fromS, toS } of faults) {
    const server = servers[index];
    if (server === undefined) throw new Error(`there is no server ${index}`);
    time.after(fromS * 1000, () => {
      server.fault = fault;
    });
    time.after(toS * 1000, () => {
      server.fault = undefined;
    });
  }
}

function arriveOneByOne(plan: Plan, time: EventQueue, chance: Chance, ask: Ask): void {
  const meanGapMs = 1000 / (plan.load * capacityOf(plan.servers));
  const arrive = () => {
    ask({
      promptTokens: chance.logNormal(MEAN_PROMPT_TOKENS, PROMPT_SPREAD),
      answerTokens: Math.max(1, chance.logNormal(MEAN_ANSWER_TOKENS, ANSWER_SPREAD)),
    });
    if (time.nowMs < plan.seconds * 1000) time.after(chance.exponential(meanGapMs), arrive);
  };
  time.after(chance.exponential(meanGapMs), arrive);
}

function arriveInSessions(plan: Plan, sessions: SessionPlan, time: EventQueue, chance: Chance, ask: Ask): void {
  let begun = 0;
  const turn = (session: string, promptTokens: number, turnsLeft: number) => {
    const answerTokens = Math.max(1, chance.logNormal(MEAN_ANSWER_TOKENS, ANSWER_SPREAD));
    ask({ promptTokens, answerTokens, session, isTold: sessions.isTold }, ({ isAnswered }) => {
      if (!isAnswered || turnsLeft <= 1) return;
      const next = promptTokens + answerTokens + chance.logNormal(NEXT_QUESTION_TOKENS, QUESTION_SPREAD);
      time.after(chance.exponential(sessions.meanPauseS * 1000), () => turn(session, next, turnsLeft - 1));
    });
  };
  const begin = () => {
    const turns = 1 + Math.floor(chance.exponential(sessions.meanTurns));
    turn(`session-${++begun}`, chance.logNormal(FIRST_QUESTION_TOKENS, QUESTION_SPREAD), turns);
    if (time.nowMs < plan.seconds * 1000) time.after(chance.exponential(1000 / plan.load), begin);
  };
  time.after(chance.exponential(1000 / plan.load), begin);
}
