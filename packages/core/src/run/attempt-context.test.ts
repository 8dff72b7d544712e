import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { chainOf } from "../../tests/fixtures/chain-of.ts";
import { compileChain } from "../engine/compile-chain.ts";
import { streamedTasks } from "../engine/streamed-tasks.ts";
import { TypedEmitter } from "../events/typed-emitter.ts";
import { Fleet } from "../fleet/fleet.ts";
import { builtInHandlers } from "../handler/built-in-handlers.ts";
import { customHandler } from "../handler/custom-handler.ts";
import type { Handler } from "../handler/handler.ts";
import { HealthBook } from "../routing/health/health-book.ts";
import { ordered } from "../routing/policies/ordered.ts";
import { Selector } from "../routing/selection/selector.ts";
import { Changes } from "../routing/waiting/changes.ts";
import { createMemoryRunStore } from "../store/memory-run-store.ts";
import { systemClock } from "../surroundings/clock.ts";
import { ActiveRun } from "./active-run.ts";
import type { JournalCall, OutsideCall } from "./journal-call.ts";
import { OpenCalls } from "./open-calls.ts";
import type { RunEventMap, RunParts } from "./run-parts.ts";
import type { RunResult } from "./run-result.ts";

/** Keeps what comes of calls as a store would: as JSON text, by what tells one call from all others. */
function createJournal() {
  const kept = new Map<string, string>();
  const calls: OutsideCall[] = [];
  const journalCall: JournalCall = async (call, act) => {
    calls.push(call);
    const { runId, key, attempt, number } = call;
    const place = JSON.stringify([runId, key, attempt, number]);
    const known = kept.get(place);
    if (known !== undefined) return JSON.parse(known);
    const result = await act();
    kept.set(place, JSON.stringify(result));
    return result;
  };
  return { calls, journalCall };
}

function setUp(custom: Readonly<Record<string, Handler>> = {}) {
  const backend = scriptedBackend({
    replies: [
      { text: "first", usage: { inputTokens: 1, outputTokens: 2 } },
      { text: "second", usage: { inputTokens: 3, outputTokens: 4 } },
    ],
  });
  const hook = vi.fn(() => ({ found: [1, 2] }));
  const count = vi.fn(() => 7);
  const handlers = builtInHandlers();
  for (const [name, handler] of Object.entries(custom)) handlers.set(name, customHandler(name, handler));
  const health = new HealthBook({ clock: systemClock, random: () => 0.5 });
  const policies = new Map([[ordered.name, ordered]]);
  const parts: Omit<RunParts, "emitter" | "store"> = {
    handlers,
    hook: () => hook,
    hookNames: () => ["find"],
    routing: {
      fleet: new Fleet({ backends: () => [backend], clock: systemClock }),
      declared: () => [],
      policies,
      defaultPolicy: ordered.name,
      groups: () => [],
      health,
      selector: new Selector({ health, policies, random: () => 0.5 }),
      changes: new Changes(),
      random: () => 0.5,
      clock: systemClock,
    },
    defaults: {},
    tokens: { count },
    clock: systemClock,
    random: () => 0.5,
    ids: () => "id",
    fetch: () => Promise.reject(new Error("nothing is fetched here")),
    openCalls: new OpenCalls(),
  };
  return { backend, hook, count, parts };
}

type Given = ReturnType<typeof setUp>["parts"];

/** A run of a chain, and the pieces of text that its listeners got. */
async function play(given: Given, chain: ReturnType<typeof chainOf>, more: Pick<RunParts, "journalCall"> = {}) {
  const program = compileChain(chain);
  const emitter = new TypedEmitter<RunEventMap>(() => {});
  const texts: string[] = [];
  emitter.on("step_delta", ({ text }) => texts.push(text));
  const run = new ActiveRun({
    runId: "run",
    program,
    parts: { ...given, ...more, store: createMemoryRunStore(), emitter },
    streamed: streamedTasks(program, (name) => given.handlers.get(name)?.spec),
    input: { type: "string", value: "Hi" },
    variables: {},
    stepBudget: 10,
  });
  run.start(() => {});
  return { result: await run.result, text: texts.join("") };
}

/** What of a result does not depend on when it was. */
function timeless(result: RunResult): unknown {
  const text = JSON.stringify({ ...result, error: "error" in result ? result.error.toJSON() : undefined });
  return JSON.parse(text, (key, value) => (key === "startedAt" || key === "durationMs" ? 0 : value));
}

const everything: Handler = {
  async execute(context) {
    const one = await context.generate({
      kind: "prompt",
      messages: [{ role: "user", content: "one", timestamp: "" }],
      stream: "verbatim",
    });
    const vector = await context.embed("some text");
    const answer = await context.callHook("find", { what: "it" });
    const tokens = await context.countTokens("some text", "m");
    const own = await context.call("read_file", async () => "content");
    const two = await context.generate({ kind: "prompt", messages: [{ role: "user", content: "two", timestamp: "" }] });
    const value = { one: one.text, two: two.text, length: vector.length, answer, tokens, own };
    return { output: { type: "json", value }, outcome: "ok" };
  },
};

describe("a journal", () => {
  test("is told of everything that a handler does outside, numbered within the attempt", async () => {
    const { parts } = setUp({ everything });
    const { calls, journalCall } = createJournal();
    const { result } = await play(parts, chainOf({ handler: "everything" }), { journalCall });
    expect(result.status).toBe("ok");
    expect(calls).toEqual(
      ["generate", "embed", "hook", "count_tokens", "read_file", "generate"].map((name, number) => ({
        runId: "run",
        key: "task#1",
        attempt: 1,
        number,
        name,
      })),
    );
  });

  test("lets the same attempt be made again without doing anything again, and with the same record", async () => {
    const { parts, backend, hook, count } = setUp({ everything });
    const { journalCall } = createJournal();
    const chain = chainOf({ handler: "everything" });
    const first = await play(parts, chain, { journalCall });
    const asked = backend.calls.length;
    const again = await play(parts, chain, { journalCall });
    expect(timeless(again.result)).toEqual(timeless(first.result));
    expect(again.result).toMatchObject({ status: "ok", usage: { inputTokens: expect.any(Number) } });
    expect(first.text).toContain("first");
    expect(again.text).toBe(first.text);
    expect(backend.calls).toHaveLength(asked);
    expect(hook).toHaveBeenCalledTimes(1);
    expect(count).toHaveBeenCalledTimes(1);
  });

  test("counts anew in every attempt", async () => {
    const { parts, hook } = setUp();
    hook.mockImplementationOnce(() => {
      throw new Error("not yet");
    });
    const { calls, journalCall } = createJournal();
    const chain = chainOf({ handler: "hook", hook: { name: "find", args: {} }, retry_on_failure: 1 });
    expect((await play(parts, chain, { journalCall })).result.status).toBe("ok");
    expect(calls.map(({ attempt, number, name }) => [attempt, number, name])).toEqual([
      [1, 0, "hook"],
      [2, 0, "hook"],
    ]);
  });

  test("sees each way in which an answer of a shape is asked for", async () => {
    const { parts, backend } = setUp();
    const { calls, journalCall } = createJournal();
    const shape = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };
    const chain = chainOf({ handler: "raw_string", prompt_template: "{{.input}}", output: shape });
    const first = await play(parts, chain, { journalCall });
    expect(calls.length).toBeGreaterThan(1);
    expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(["generate"]));
    expect(calls.map(({ number }) => number)).toEqual(calls.map((_call, place) => place));
    const asked = backend.calls.length;
    const again = await play(parts, chain, { journalCall });
    expect(timeless(again.result)).toEqual(timeless(first.result));
    expect(backend.calls).toHaveLength(asked);
  });
});

test("without a journal everything is done as often as it is asked for", async () => {
  const { parts, hook } = setUp({ everything });
  const chain = chainOf({ handler: "everything" });
  expect((await play(parts, chain)).result.status).toBe("ok");
  await play(parts, chain);
  expect(hook).toHaveBeenCalledTimes(2);
});
