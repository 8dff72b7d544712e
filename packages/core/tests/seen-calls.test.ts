import { createVirtualClock, type ScriptedBackendSettings, scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import { ModelError } from "../src/errors/model-error.ts";
import type { CallEvent } from "../src/routing/call/call-event.ts";
import type { SelectionPolicy } from "../src/routing/policies/selection-policy.ts";
import { routeOf } from "../src/routing/router-model/route-metadata.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { readAll } from "./fixtures/read-all.ts";

const PROMPT = [{ role: "user" as const, content: [{ type: "text" as const, text: "secret words" }] }];
const FAILS = { error: { status: 500 } };

function setUp(replies: NonNullable<ScriptedBackendSettings["replies"]>, more: Partial<ScriptedBackendSettings> = {}) {
  const heard: CallEvent[] = [];
  const log = vi.fn();
  const backend = scriptedBackend({
    models: [{ id: "m", capabilities: { chat: true, embed: true } }],
    replies,
    ...more,
  });
  const runtime = createRuntime({ backends: [backend], logger: { log } });
  for (const kind of ["call_completed", "call_failed", "call_cancelled"] as const) {
    runtime.on(kind, (event) => heard.push(event));
  }
  return { runtime, heard, log };
}

describe("a call outside of runs", () => {
  test("is heard when it is over, with the way that it went, and written down without what was said", async () => {
    const { runtime, heard, log } = setUp([{ text: "one" }, { text: "two" }, { text: "three" }]);
    await runtime.prompt("secret words");
    await runtime.chat([{ role: "user", content: "secret words" }]);
    const { providerMetadata } = await runtime.model().doGenerate({ prompt: PROMPT });
    expect(routeOf(providerMetadata)?.tried[0]?.backend).toBe("scripted");
    for (const other of [undefined, {}, { catenary: {} }, new Error("x")]) expect(routeOf(other)).toBeUndefined();
    await runtime.embed("secret words");
    await runtime.embeddingModel().doEmbed({ values: ["secret words"] });
    expect(heard.map(({ kind, call }) => `${kind} ${call}`)).toEqual(
      ["prompt", "chat", "model", "embed", "embedding_model"].map((call) => `call_completed ${call}`),
    );
    for (const { route, backend, durationMs } of heard) {
      expect(route.tried).toMatchObject([{ backend: "scripted", model: "m" }]);
      expect([backend, typeof durationMs]).toEqual(["scripted", "number"]);
    }
    expect(heard[0]?.usage).toBeDefined();
    const lines = log.mock.calls.filter(([, event]) => event === "call_completed");
    expect(lines).toHaveLength(5);
    expect(lines[0]?.[2]).toMatchObject({ call: "prompt", backend: "scripted", model: "m", tries: 1 });
    expect(JSON.stringify(log.mock.calls)).not.toContain("secret words");
  });

  test("that fails is heard with its error, and its error has the way that it went", async () => {
    const { runtime, heard, log } = setUp([FAILS, FAILS, FAILS]);
    const route = { tried: [{ backend: "scripted", error: { failure: "server_error" } }] };
    const calls = [
      () => runtime.prompt("Hi"),
      () => runtime.chat([{ role: "user", content: "Hi" }]),
      () => runtime.model().doGenerate({ prompt: PROMPT }),
    ];
    for (const call of calls) {
      const error = await errorOf(call());
      expect(error.details).toMatchObject({ route });
      expect(routeOf(error)?.tried[0]?.backend).toBe("scripted");
    }
    const nobody = await errorOf(runtime.prompt("Hi", { model: "none" }));
    expect(nobody.details).toMatchObject({ route: { tried: [] } });
    expect(heard.map(({ kind }) => kind)).toEqual(Array(4).fill("call_failed"));
    expect(heard[0]).toMatchObject({ route, error: { code: "model_failed", failure: "server_error" } });
    expect(log.mock.calls.filter(([level, event]) => level === "warn" && event === "call_failed")).toHaveLength(4);
  });

  test("that streams is heard when its stream is over", async () => {
    const { runtime, heard } = setUp([{ text: "one two" }]);
    const first = await runtime.model().doStream({ prompt: PROMPT });
    expect(heard).toEqual([]);
    await readAll(first.stream);
    expect(heard).toMatchObject([{ kind: "call_completed", call: "model" }]);
  });

  test("that its caller ends is heard as cancelled, and rejects with the caller's reason itself", async () => {
    const clock = createVirtualClock();
    const { runtime, heard } = setUp([{ text: "late", delayMs: 1_000 }], { clock });
    const reason = new Error("enough");
    const controller = new AbortController();
    const call = runtime.prompt("Hi", { signal: controller.signal });
    setTimeout(() => controller.abort(reason), 5);
    await expect(call).rejects.toBe(reason);
    expect(heard).toMatchObject([{ kind: "call_cancelled", error: { failure: "cancelled", message: "enough" } }]);
  });
});

test("it can be seen how it stands with a backend: its calls, its breaker, its key", async () => {
  const bad = scriptedBackend({ id: "bad", models: ["m"], replies: Array(9).fill(FAILS) });
  const refused = scriptedBackend({ id: "refused", models: ["n"], replies: [{ error: { status: 401 } }] });
  const runtime = createRuntime({ backends: [bad, refused] });
  for (let call = 0; call < 5; call++) await errorOf(runtime.prompt("Hi", { model: "m" }));
  await errorOf(runtime.prompt("Hi", { model: "n" }));
  expect((await runtime.states()).map(({ health }) => health)).toMatchObject([
    { inFlight: 0, waiting: 0, models: [{ id: "m", inFlight: 0, openUntil: expect.any(Number) }] },
    { inFlight: 0, credential: "refused", credentialUntil: expect.any(Number), models: [{ id: "n" }] },
  ]);
});

test("a failed call tells of each candidate what it failed of, with its type", async () => {
  const backends = ["a", "b"].map((id) => scriptedBackend({ id, models: ["m"], replies: [FAILS] }));
  const error = await errorOf(createRuntime({ backends, defaults: { policy: "ordered" } }).prompt("Hi"));
  const attempts = error instanceof ModelError ? (error.details.attempts ?? []) : [];
  expect(attempts.map(({ backend, failure }) => `${backend}: ${failure}`)).toEqual([
    "a: server_error",
    "b: server_error",
  ]);
});

test("a policy that chooses nobody leaves the choice to `auto`, and the logger hears nothing of it", async () => {
  const log = vi.fn();
  const backends = ["a", "b"].map((id) => scriptedBackend({ id, models: ["m"] }));
  const mine: SelectionPolicy = { name: "mine", choose: (candidates) => candidates.toSorted(() => 0)[5] };
  const runtime = createRuntime({ backends, policies: [mine], defaults: { policy: "mine" }, logger: { log } });
  expect((await runtime.prompt("Hi")).route.policy).toBe("auto");
  expect(log.mock.calls.filter(([, event]) => event === "policy_failed")).toEqual([]);
});
