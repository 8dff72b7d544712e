import type { Area, Column, Contestant, Scenario, Values } from "../measure/area.ts";
import {
  CATENARY,
  DIRECT,
  type Gateway,
  gatewayPeers,
  ownGateways,
  PORTKEY,
  PORTKEY_PINNED,
  RELAY,
} from "./contestants.ts";
import { whyNoLoad } from "./load.ts";
import { CHUNKS } from "./model-server.ts";
import { askHere, type Play, playAgainst, type Window } from "./play.ts";
import { idleChain, modelChain, streamedAnswer, wholeAnswer } from "./requests.ts";

const AT_ONCE = 32;
/** Compilers of gateways need some ten thousand requests until nothing gets quicker any more. */
const WARM_UP_WINDOWS = 12;

const missing = whyNoLoad();
const here = ({ name, missing: its }: Contestant): Contestant => {
  const why = its ?? missing;
  return why === undefined ? { name } : { name, missing: why };
};

const gateways: readonly Gateway[] = [...ownGateways, ...gatewayPeers];
const direct: Contestant = { name: DIRECT };

const P50: Column = { key: "p50", title: "ms, one at a time" };
const COLUMNS: readonly Column[] = [
  { key: "cpu32", title: "CPU µs/request, 32 at once" },
  { key: "rate32", title: "requests/s, 32 at once" },
  P50,
  { key: "p99", title: "99 % of 32 at once within ms" },
  { key: "residentMb", title: "RSS MB" },
];

function gatewayOf(name: string): Gateway | undefined {
  if (name === DIRECT) return undefined;
  const gateway = gateways.find((one) => one.name === name);
  if (gateway === undefined) throw new Error(`there is no contestant ${JSON.stringify(name)}`);
  return gateway;
}

async function wholeAnswers(play: Play, exchange: typeof wholeAnswer, windowMs: number): Promise<Values> {
  await play(exchange, AT_ONCE, windowMs * WARM_UP_WINDOWS);
  const many = await play(exchange, AT_ONCE, windowMs);
  const one = await play(exchange, 1, windowMs / 2);
  return { ...manyAtOnce(many), p50: one.p50Ms };
}

function manyAtOnce({ requests, cpuUs, perSecond, p99Ms, residentMb }: Window) {
  return { cpu32: cpuUs / requests, rate32: perSecond, p99: p99Ms, residentMb };
}

const whole: Scenario = {
  name: "whole",
  title: "A chat completion through a gateway",
  columns: COLUMNS,
  contestants: [direct, ...gateways].map(here),
  floor: DIRECT,
  targets: [
    { contestant: CATENARY, column: "rate32", leastTimes: 3, of: PORTKEY, unit: "requests/s" },
    { contestant: CATENARY, column: "rate32", leastTimes: 3, of: PORTKEY_PINNED, unit: "requests/s" },
    { contestant: CATENARY, column: P50.key, mostAdded: 0.75, unit: "ms" },
  ],
  check: async (contestant) => askHere(gatewayOf(contestant) ?? {}, wholeAnswer),
  measure: (contestant, windowMs) =>
    playAgainst(gatewayOf(contestant), (play) => wholeAnswers(play, wholeAnswer, windowMs)),
};

const stream: Scenario = {
  name: "stream",
  title: `A chat completion streamed in ${CHUNKS} chunks through a gateway, ${AT_ONCE} at once`,
  columns: [
    { key: "cpu", title: "CPU µs/chunk" },
    { key: "rate", title: "chunks/s" },
    { key: "p99", title: "99 % whole within ms" },
  ],
  contestants: [direct, ...gateways].map(here),
  floor: DIRECT,
  targets: [{ contestant: CATENARY, column: "cpu", most: 45, unit: "µs" }],
  check: async (contestant) => askHere(gatewayOf(contestant) ?? {}, streamedAnswer),
  measure: (contestant, windowMs) =>
    playAgainst(gatewayOf(contestant), async (play): Promise<Values> => {
      await play(streamedAnswer, AT_ONCE, windowMs * WARM_UP_WINDOWS);
      const { cpuUs, requests, perSecond, p99Ms } = await play(streamedAnswer, AT_ONCE, windowMs);
      return { cpu: cpuUs / requests / CHUNKS, rate: perSecond * CHUNKS, p99: p99Ms };
    }),
};

const ONE_CALL = "a chain that asks a model once";
const NO_OP = "a chain of one task that does nothing";
const NO_OPS = "a chain of a hundred tasks that do nothing";
const RUNS = new Map([
  [ONE_CALL, modelChain],
  [NO_OP, idleChain(1)],
  [NO_OPS, idleChain(100)],
]);

/**
 * What contenox/runtime itself did, in chains a second, with a model server that answered so many calls a second on the same two
 * processors. Measured on another machine, so only what that server does there and here can be compared.
 */
const ORIGINAL = { calls: 12_800, oneCall: 1_130, noOp: 9_000, noOps: 226 };
const timesOriginal = (times: number, chains: number) => Number(((times * chains) / ORIGINAL.calls).toFixed(3));

function exchangeOf(contestant: string) {
  const found = contestant === DIRECT || contestant === RELAY ? wholeAnswer : RUNS.get(contestant);
  if (found === undefined) throw new Error(`there is no contestant ${JSON.stringify(contestant)}`);
  return found;
}

function serverFor(contestant: string): Gateway | undefined {
  return gatewayOf(contestant === DIRECT || contestant === RELAY ? contestant : CATENARY);
}

const tasks: Scenario = {
  name: "tasks",
  title: "POST /tasks, with the chain in the request",
  columns: COLUMNS,
  contestants: [direct, { name: RELAY }, ...Array.from(RUNS.keys(), (name) => ({ name }))].map(here),
  floor: DIRECT,
  targets: [
    { contestant: ONE_CALL, column: "rate32", leastTimes: timesOriginal(2, ORIGINAL.oneCall), unit: "requests/s" },
    { contestant: NO_OP, column: "rate32", leastTimes: timesOriginal(0.7, ORIGINAL.noOp), unit: "requests/s" },
    { contestant: NO_OPS, column: "rate32", leastTimes: timesOriginal(5, ORIGINAL.noOps), unit: "requests/s" },
  ],
  check: async (contestant) => askHere(serverFor(contestant) ?? {}, exchangeOf(contestant)),
  measure: (contestant, windowMs) =>
    playAgainst(serverFor(contestant), (play) => wholeAnswers(play, exchangeOf(contestant), windowMs)),
};

export const gateway: Area = { name: "gateway", scenarios: [whole, stream, tasks] };
