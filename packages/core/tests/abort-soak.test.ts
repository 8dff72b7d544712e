import { createVirtualClock } from "@catenary/testing";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import { defineChain } from "../src/index.ts";
import { Leases } from "../src/routing/selection/leases.ts";
import type { Runtime } from "../src/run/runtime.ts";
import type { Random } from "../src/surroundings/random.ts";
import { restlessBackend } from "./fixtures/restless-backend.ts";
import { seededRandom } from "./fixtures/seeded-random.ts";
import { type SignalWatch, watchSignals } from "./watch-signals.ts";

/** How many calls are made, and how many of them at once. */
const CALLS = process.env.CATENARY_LONG ? 100_000 : 1_000;
const AT_ONCE = 100;
/** Nobody waits longer for anything; whoever makes a call gives up within this time, if at all. */
const LONGEST_MS = 60;

/** What is left of a call that ended would be cleared away by a short deadline, and nobody would see it. */
const DEADLINES = ["50ms", "10m"] as const;

const chainOf = (deadline: string) =>
  defineChain({
    id: `ask within ${deadline}`,
    input: "string",
    tasks: { say: { handler: "raw_string", executeConfig: { routing: { deadline } }, restart: true } },
  });
const CHAINS = { "50ms": chainOf("50ms"), "10m": chainOf("10m") };

const { take } = Leases.prototype;
/** Every book of leases that was written into. */
const books = new Set<Leases>();
let signals: SignalWatch;

beforeEach(() => {
  signals = watchSignals();
  Leases.prototype.take = function (...given) {
    books.add(this);
    return take.apply(this, given);
  };
});
afterEach(() => {
  signals.stop();
  Leases.prototype.take = take;
  books.clear();
});

test(
  `${CALLS} calls that are aborted, left and timed out at random leave no lease, timer, listener or call upstream`,
  async () => {
    const random = seededRandom(20_261_123);
    const ends = { answered: 0, failed: 0, begun: [0, 0, 0] };
    for (let made = 0; made < CALLS; made += AT_ONCE) {
      // Anew each time, or most of them would be turned away because of what the ones before met.
      const clock = createVirtualClock();
      const backends = backendsOf(clock, random);
      await using runtime = createRuntime({ backends, clock, random, defaults: { policy: "auto" } });
      await runtime.sync();
      signals.reset();
      books.clear();

      const calls = Array.from({ length: AT_ONCE }, () => makeCall(runtime, random, clock));
      for (const { status } of await ended(calls, clock)) ends[status === "fulfilled" ? "answered" : "failed"]++;
      expect({
        leases: [...books].map((book) => book.total),
        timers: clock.pending,
        listeners: signals.waiting,
        upstream: backends.map(({ open }) => open),
      }).toEqual({ leases: [0], timers: 0, listeners: 0, upstream: [0, 0, 0] });
      ends.begun = backends.map(({ begun }, at) => begun + (ends.begun[at] ?? 0));
    }
    expect(ends.answered).toBeGreaterThan(CALLS / 10);
    expect(ends.failed).toBeGreaterThan(CALLS / 5);
    for (const begun of ends.begun) expect(begun).toBeGreaterThan(CALLS / 10);
  },
  process.env.CATENARY_LONG ? 600_000 : 60_000,
);

type Ask = ReturnType<typeof chainOf>;
type VirtualClock = ReturnType<typeof createVirtualClock>;

function backendsOf(clock: VirtualClock, random: Random) {
  const routing = { firstTokenTimeoutMs: 30, answerTimeoutMs: 30, idleTimeoutMs: 20, progressTimeoutMs: 25 };
  return [
    restlessBackend({ id: "a", clock, random, routing: { ...routing, concurrency: 20, queueLength: 30 } }),
    restlessBackend({ id: "b", clock, random, routing: { ...routing, concurrency: 10, queueTimeoutMs: 15 } }),
    restlessBackend({ id: "c", clock, random, routing: { ...routing, concurrency: 15 } }),
  ];
}

/** Waits for all, a millisecond after the other: until no timer is left would be too long, because one that was forgotten would fire. */
async function ended(calls: readonly Promise<void>[], clock: VirtualClock) {
  const ends = Promise.allSettled(calls);
  let isOver = false;
  void ends.then(() => {
    isOver = true;
  });
  while (!isOver) await clock.advance(1);
  return ends;
}

/** One call in one of the ways to make one, by somebody who may give it up at any moment. */
async function makeCall(runtime: Runtime, random: Random, clock: VirtualClock): Promise<void> {
  const aborter = new AbortController();
  const { signal } = aborter;
  const deadline = pick(random, DEADLINES);
  const abort = () => aborter.abort(new Error("enough"));
  const stop = giveUp(abort, deadline === "50ms" ? random() : random() * SOONER, random, clock);
  try {
    await pick<() => PromiseLike<unknown>>(random, [
      () => runtime.prompt("Hi", { signal, routing: { deadline } }),
      () => runtime.run(CHAINS[deadline], "Hi", { signal }),
      () => readText(runtime, random, CHAINS[deadline], signal),
      () => runtime.model({ deadline }).doGenerate({ prompt: [], abortSignal: signal }),
      () => readStream(runtime, random, deadline, signal),
    ])();
  } finally {
    stop();
  }
}

/** Chances below it mean that the call is given up some time. */
const SOONER = 0.7;

/** At once, before anything else happens, after a while, or not at all. */
function giveUp(abort: () => void, chance: number, random: Random, clock: VirtualClock): () => void {
  if (chance < 0.05) abort();
  else if (chance < 0.15) queueMicrotask(abort);
  else if (chance < SOONER) return clock.setTimer(random() * LONGEST_MS, abort);
  return () => {};
}

async function readText(runtime: Runtime, random: Random, chain: Ask, signal: AbortSignal): Promise<void> {
  const run = runtime.start(chain, "Hi", { signal });
  let piecesLeft = random() < 0.5 ? Math.floor(random() * 3) : Number.POSITIVE_INFINITY;
  for await (const _ of run.textStream) if (piecesLeft-- <= 0) break;
  if (piecesLeft <= 0) run.cancel();
  const result = await run.result();
  if (result.status !== "ok") throw new Error(result.status);
}

async function readStream(runtime: Runtime, random: Random, deadline: string, abortSignal: AbortSignal): Promise<void> {
  const { stream } = await runtime.model({ deadline }).doStream({ prompt: [], abortSignal });
  let partsLeft = random() < 0.5 ? Math.floor(random() * 4) : Number.POSITIVE_INFINITY;
  for await (const part of stream) {
    if (part.type === "error") throw part.error;
    if (partsLeft-- <= 0) break;
  }
}

function pick<T>(random: Random, among: readonly [T, ...T[]]): T {
  return among[Math.floor(random() * among.length)] ?? among[0];
}
