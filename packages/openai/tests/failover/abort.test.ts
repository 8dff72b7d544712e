import { defineChain, type Runtime } from "@catenary/core";
import { describe, expect, it } from "vitest";
import { type Arena, openArena, SOON } from "./arena.ts";
import type { Kind } from "./station.ts";
import type { Trouble } from "./trouble.ts";

const KINDS: readonly Kind[] = ["OpenAI", "compatible", "Ollama"];

/** When the call is given up, as its server sees it. */
const MOMENTS: readonly (readonly [string, Trouble])[] = [
  ["before the server answers", { kind: "hang" }],
  ["before the first word", { kind: "interrupt", afterWords: 0, by: "silence" }],
  ["in the middle of the answer", { kind: "interrupt", afterWords: 2, by: "silence" }],
];

const chain = defineChain({ id: "say", input: "string", tasks: { say: { handler: "raw_string" } } });
const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Hi" }] }];

type Call = (runtime: Runtime, signal: AbortSignal) => PromiseLike<unknown>;

const CALLS: readonly (readonly [string, Call])[] = [
  ["a prompt", (runtime, signal) => runtime.prompt("Hi", { signal })],
  ["a run", (runtime, signal) => runtime.run(chain, "Hi", { signal })],
  ["a run whose text is read", (runtime, signal) => readText(runtime, signal)],
  ["a run that is cancelled by its handle", (runtime, signal) => cancelled(runtime, signal)],
  ["a router", (runtime, abortSignal) => runtime.model().doGenerate({ prompt, abortSignal })],
  ["a stream of a router", (runtime, abortSignal) => readStream(runtime, abortSignal)],
];

describe.each(KINDS)("on a server of the kind %s", { timeout: 30_000 }, (kind) => {
  describe.each(CALLS)("%s", (_call, call) => {
    it.each(MOMENTS)("is given up %s: the server sees it go, and nobody else is asked", async (_moment, trouble) => {
      await using arena = await openArena({ kinds: [kind, "OpenAI"], way: "whole" });
      await giveUp(arena, trouble, call);
      await arena.expectNothingOpen();
    });
  });

  it("is given up by a reader of a router's stream who leaves", async () => {
    await using arena = await openArena({ kinds: [kind, "OpenAI"], way: "whole" });
    arena.primary.next({ kind: "interrupt", afterWords: 2, by: "silence" });
    const { stream } = await arena.runtime.model().doStream({ prompt });
    for await (const part of stream) if (part.type === "text-delta") break;
    await expect.poll(() => arena.primary.requestsUnderWay(), SOON).toBe(0);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 0 });
    await arena.expectNothingOpen();
  });

  it("is given up by all calls under way when the runtime is closed", async () => {
    await using arena = await openArena({ kinds: [kind, "OpenAI"], way: "whole" });
    arena.primary.always({ kind: "hang" });
    // One has the place of its server, and the others wait for it.
    const calls = [1, 2].map(() => arena.runtime.prompt("Hi", { routing: { group: "only primary" } }));
    await expect.poll(() => arena.primary.requestsUnderWay(), SOON).toBe(1);
    const ends = Promise.allSettled(calls);
    await arena.runtime.close();
    expect(await ends).toMatchObject([{ reason: { code: "runtime_closed" } }, { reason: { code: "runtime_closed" } }]);
    await expect.poll(() => arena.primary.requestsUnderWay(), SOON).toBe(0);
    expect(arena.counts()).toEqual({ primary: 1, fallback: 0 });
  });
});

async function giveUp({ runtime, primary, counts }: Arena, trouble: Trouble, call: Call): Promise<void> {
  primary.next(trouble);
  const aborter = new AbortController();
  const end = Promise.resolve(call(runtime, aborter.signal)).then(
    () => "answered",
    (error: unknown) => error,
  );
  await expect.poll(() => primary.requestsUnderWay(), SOON).toBe(1);
  // So that what the server has said has arrived.
  await new Promise((resolve) => setTimeout(resolve, 20));
  aborter.abort(new Error("enough"));
  await expect.poll(() => primary.requestsUnderWay(), SOON).toBe(0);
  expect(await end).toBeInstanceOf(Error);
  expect(counts()).toEqual({ primary: 1, fallback: 0 });
}

async function readText(runtime: Runtime, signal: AbortSignal): Promise<void> {
  for await (const _ of runtime.start(chain, "Hi", { signal }).textStream);
}

async function cancelled(runtime: Runtime, signal: AbortSignal): Promise<void> {
  const run = runtime.start(chain, "Hi");
  signal.addEventListener("abort", () => run.cancel("enough"));
  for await (const event of run.events()) if (event.kind === "run_completed") return;
  const result = await run.result();
  if ("error" in result) throw result.error;
}

async function readStream(runtime: Runtime, abortSignal: AbortSignal): Promise<void> {
  const { stream } = await runtime.model().doStream({ prompt, abortSignal });
  for await (const part of stream) if (part.type === "error") throw part.error;
}
