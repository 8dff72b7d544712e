import { defineChain, type Runtime } from "@catenary/core";
import { expect, it } from "vitest";
import { openArena, type Side } from "./arena.ts";
import type { Kind } from "./station.ts";
import type { Trouble } from "./trouble.ts";

const isLong = process.env.CATENARY_LONG === "1";
/** How many calls are made on each pair of servers, and how many of them at once. */
const CALLS = isLong ? 500 : 40;
const AT_ONCE = 20;
const LONGEST_MS = 120;

const PAIRS: readonly (readonly [Kind, Kind])[] = [
  ["OpenAI", "Ollama"],
  ["Ollama", "compatible"],
];

const TROUBLES: readonly (Trouble | undefined)[] = [
  undefined,
  undefined,
  { kind: "delay", delayMs: 15 },
  { kind: "hang" },
  { kind: "reset" },
  { kind: "status", status: 500 },
  { kind: "trickle", bytes: 7 },
  { kind: "interrupt", afterWords: 1, by: "silence" },
  { kind: "interrupt", afterWords: 1, by: "break" },
  { kind: "interrupt", afterWords: 0, by: "silence" },
];

const PATIENCE = { firstTokenTimeoutMs: 60, answerTimeoutMs: 60, idleTimeoutMs: 50 };
const SIDE: Side = { routing: { ...PATIENCE, concurrency: 8, queueLength: 20 } };
const routing = { policy: "random", deadline: "400ms" };

const chain = defineChain({
  id: "say",
  input: "string",
  tasks: { say: { handler: "raw_string", executeConfig: { routing } } },
});
const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Hi" }] }];

type Call = (runtime: Runtime, signal: AbortSignal) => PromiseLike<unknown>;

const WAYS: readonly Call[] = [
  (runtime, signal) => runtime.prompt("Hi", { signal, routing }),
  (runtime, signal) => runtime.run(chain, "Hi", { signal }),
  async (runtime, signal) => {
    for await (const _ of runtime.start(chain, "Hi", { signal }).textStream);
  },
  async (runtime, abortSignal) => {
    const { stream } = await runtime.model(routing).doStream({ prompt, abortSignal });
    for await (const part of stream) if (part.type === "error") throw part.error;
  },
];

it.each(PAIRS)(
  `${CALLS} calls of %s and %s that are aborted and timed out at random leave nothing open`,
  async (...kinds) => {
    let asked = 0;
    for (let made = 0; made < CALLS; made += AT_ONCE) {
      // Anew each time, or most calls would be turned away because of what the ones before met.
      await using arena = await openArena({ kinds, way: "whole", primary: SIDE, fallback: SIDE });
      const { runtime, primary, fallback } = arena;
      for (const station of [primary, fallback]) station.next(...Array.from({ length: AT_ONCE }, () => pick(TROUBLES)));
      await Promise.allSettled(Array.from({ length: AT_ONCE }, () => makeCall(runtime)));
      asked += primary.asked.length + fallback.asked.length;
      await arena.expectNothingOpen();
    }
    expect(asked).toBeGreaterThan(CALLS / 4);
  },
  isLong ? 300_000 : 30_000,
);

async function makeCall(runtime: Runtime): Promise<void> {
  const aborter = new AbortController();
  const abort = () => aborter.abort(new Error("enough"));
  const timer = Math.random() < 0.6 ? setTimeout(abort, Math.random() * LONGEST_MS) : undefined;
  try {
    await pick(WAYS)(runtime, aborter.signal);
  } finally {
    clearTimeout(timer);
  }
}

function pick<T>(among: readonly T[]): T {
  // Safe: no list here is empty.
  return among[Math.floor(Math.random() * among.length)] as T;
}
