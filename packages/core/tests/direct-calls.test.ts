import { createVirtualClock, type ScriptedBackendSettings, scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { RoutedCall } from "../src/routing/call/journey.ts";
import type { Runtime } from "../src/run/runtime.ts";
import type { ChatMessage } from "../src/value/chat-history.ts";
import { errorOf } from "./fixtures/error-of.ts";
import { watchSignals } from "./watch-signals.ts";

function setUp(replies: ScriptedBackendSettings["replies"] = [], settings: ScriptedBackendSettings = {}) {
  const clock = createVirtualClock({ now: Date.UTC(2026, 0, 1, 12) });
  const backend = scriptedBackend({ clock, replies, models: ["first", "p", "c", "e"], ...settings });
  const defaults = { model: "p", chat: { model: "c" }, embedding: { model: "e" } };
  return { clock, backend, runtime: createRuntime({ backends: [backend], clock, defaults }) };
}

const user = (content: string): ChatMessage => ({ role: "user", content, timestamp: "2026-01-01T00:00:00Z" });

describe("prompt", () => {
  test("gives the text, and says who answered and what it took", async () => {
    const { runtime, backend } = setUp([{ text: " Hello \n", usage: { inputTokens: 1, outputTokens: 2 } }]);
    expect(await runtime.prompt("Hi")).toEqual({
      text: " Hello \n",
      model: "p",
      backend: "scripted",
      usage: { inputTokens: 1, outputTokens: 2 },
      route: {
        policy: "auto",
        tried: [
          {
            backend: "scripted",
            model: "p",
            startedAt: expect.any(Number),
            durationMs: 0,
            usage: { inputTokens: 1, outputTokens: 2 },
          },
        ],
        candidates: 1,
        dropped: [],
      },
    });
    expect(backend.calls[0]).toMatchObject({ kind: "generate", prompt: [{ role: "user" }] });
  });

  test("fails where the answer reached the limit of tokens, with the reason and the way that it went", async () => {
    const { runtime } = setUp([{ text: "Once upon a", finishReason: "length" }]);
    const error = await errorOf(runtime.prompt("Tell me a story", { maxTokens: 4 }));
    expect(error).toMatchObject({
      code: "reply_invalid",
      details: { finishReason: "length", route: { tried: [{ backend: "scripted" }] } },
    });
    expect(error.message).toContain("reached the limit of tokens, after 11 characters: raise maxTokens");
  });

  test("is sent with temperature 0, unless the call says another; a conversation with none", async () => {
    const { runtime, backend } = setUp();
    await runtime.prompt("Hi");
    await runtime.prompt("Hi", { temperature: 0.5 });
    await runtime.chat([user("Hi")]);
    expect(backend.calls.map((call) => call.kind === "generate" && call.options.temperature)).toEqual([
      0,
      0.5,
      undefined,
    ]);
  });

  test("takes a system text, sampling options and a model", async () => {
    const { runtime, backend } = setUp();
    await runtime.prompt("Hi", {
      system: "Be kind.",
      model: "first",
      temperature: 0.5,
      maxTokens: 9,
      routing: { policy: "random" },
    });
    expect(backend.calls[0]).toMatchObject({
      model: "first",
      prompt: [{ role: "system", content: "Be kind." }, { role: "user" }],
      options: { temperature: 0.5, maxOutputTokens: 9 },
    });
  });

  test("goes to the next candidate like a task's call, as often as it may", async () => {
    const { runtime, backend } = setUp(Array(9).fill({ error: { status: 503 } }));
    await errorOf(runtime.prompt("Hi", { models: ["first", "p", "c", "e"] }));
    backend.expectCalls(3);
    await errorOf(runtime.prompt("Hi", { models: ["first", "p", "c", "e"], routing: { attempts: 1 } }));
    backend.expectCalls(4);
  });
});

describe("chat", () => {
  test("gives the model's message", async () => {
    const { runtime, backend } = setUp(["Hello"]);
    const { message, model } = await runtime.chat([user("one"), user("two")]);
    expect(message).toEqual({ role: "assistant", content: "Hello", timestamp: "2026-01-01T12:00:00.000Z" });
    expect(model).toBe("c");
    expect(backend.calls[0]).toMatchObject({ prompt: [{ role: "user" }, { role: "user" }] });
  });

  test.each(["length", "content-filter"] as const)("keeps an answer that was cut short: %s", async (finishReason) => {
    const { runtime } = setUp([{ text: "Once upon a", finishReason }]);
    const { message } = await runtime.chat([user("Tell me a story")]);
    expect(message).toMatchObject({ content: "Once upon a", finishReason });
  });

  test("takes a whole history, and gives tool calls", async () => {
    const { runtime } = setUp([{ toolCalls: [{ id: "1", name: "find", args: {} }] }]);
    const { message } = await runtime.chat({ messages: [user("Hi")], model: "", inputTokens: 0, outputTokens: 0 });
    expect(message).toMatchObject({ role: "assistant", callTools: [{ id: "1", function: { name: "find" } }] });
    expect(message).not.toHaveProperty("content");
  });
});

test("embed gives the vector", async () => {
  const { runtime } = setUp([{ embedding: [1, 2] }]);
  expect(await runtime.embed("Hi")).toMatchObject({
    vector: [1, 2],
    model: "e",
    backend: "scripted",
    usage: { inputTokens: 1 },
  });
});

describe("what is no call", () => {
  // Safe: the point is a caller who does not write TypeScript.
  const wrong = (value: unknown) => value as never;

  test.each<readonly [string, (runtime: ReturnType<typeof setUp>["runtime"]) => Promise<unknown>, string]>([
    ["an empty prompt", (runtime) => runtime.prompt(""), "got an empty one"],
    ["a prompt that is no text", (runtime) => runtime.prompt(wrong(5)), "got a number"],
    ["an empty text to embed", (runtime) => runtime.embed(""), "got an empty one"],
    ["a conversation without messages", (runtime) => runtime.chat([]), "needs a message; got none"],
    ["a conversation that is none", (runtime) => runtime.chat(wrong("Hi")), "must be an obj"],
    ["options that are none", (runtime) => runtime.prompt("Hi", wrong("fast")), "got a string"],
    ["a signal that is none", (runtime) => runtime.prompt("Hi", { signal: wrong(true) }), "AbortSignal; got a boolean"],
    [
      "no tries at all",
      (runtime) => runtime.prompt("Hi", { routing: { attempts: 0 } }),
      "a whole number above 0; got 0",
    ],
    ["half a try", (runtime) => runtime.embed("Hi", { routing: { attempts: 0.5 } }), "a whole number above 0; got 0.5"],
  ])("(%s) is refused in words, and reaches no model", async (_name, act, words) => {
    const { runtime, backend } = setUp();
    expect(await errorOf(act(runtime))).toMatchObject({
      code: "input_invalid",
      message: expect.stringContaining(words),
    });
    expect(backend.calls).toEqual([]);
  });
});

test("who listens gets each call when it is over: answered, failed or given up", async () => {
  const { runtime } = setUp(["Hello", { error: { status: 500 } }, { hang: true }, { embedding: [1] }, "again"]);
  const heard: (string | undefined)[] = [];
  const onRouted = ({ model, error }: RoutedCall) => void heard.push(`${model} ${error?.failure ?? "answered"}`);
  const leave = new AbortController();
  await runtime.prompt("Hi", { onRouted });
  await runtime.prompt("Hi", { onRouted }).catch(() => {});
  const left = runtime.chat([user("Hi")], { onRouted, signal: leave.signal }).catch(() => {});
  setTimeout(() => leave.abort(), 1);
  await left;
  await runtime.embed("Hi", { onRouted });
  expect(heard).toEqual(["p answered", "p server_error", "c cancelled", "e answered"]);
  const thrower = () => {
    throw new Error("it is mine");
  };
  expect((await runtime.prompt("Hi", { onRouted: thrower })).text).toBe("again");
});

describe("the caller's signal", () => {
  test("ends the call with its reason, whatever the model does", async () => {
    const { runtime, backend, clock } = setUp([{ hang: true }]);
    const aborter = new AbortController();
    const call = runtime.prompt("Hi", { signal: aborter.signal });
    const reason = new Error("enough");
    const failed = expect(call).rejects.toBe(reason);
    await clock.advance(0);
    aborter.abort(reason);
    await failed;
    expect(backend.calls[0]?.options.abortSignal?.aborted).toBe(true);
    expect(clock.pending).toBe(0);
  });

  test("ends the wait for a slow list of models too", async () => {
    const { runtime, clock } = setUp([], { models: () => new Promise(() => {}) });
    const aborter = new AbortController();
    const failed = expect(runtime.embed("Hi", { signal: aborter.signal })).rejects.toThrow("enough");
    await clock.advance(0);
    aborter.abort(new Error("enough"));
    await failed;
  });
});

test("an empty answer is a failure", async () => {
  const { runtime } = setUp([{ text: "" }, { text: "" }]);
  expect(await errorOf(runtime.prompt("Hi"))).toMatchObject({ code: "reply_invalid", failure: "reply" });
});

describe("closing the runtime", () => {
  test.each([
    ["a prompt", (runtime: Runtime) => runtime.prompt("Hi")],
    ["a conversation", (runtime: Runtime) => runtime.chat([user("Hi")])],
    ["an embedding", (runtime: Runtime) => runtime.embed("Hi")],
  ])("ends %s under way, although the backend does not listen to its signal", async (_what, call) => {
    const { runtime, backend } = setUp();
    const never = () => new Promise<never>(() => {});
    vi.spyOn(backend, "listModels").mockImplementation(never);
    const failed = errorOf(call(runtime));
    await runtime.close();
    expect(await failed).toMatchObject({ code: "runtime_closed", failure: "cancelled" });
  });

  test("leaves no listener on the caller's signal", async () => {
    const { runtime } = setUp(["Hello"]);
    const watch = watchSignals();
    try {
      await runtime.prompt("Hi", { signal: new AbortController().signal });
      expect(watch.waiting).toBe(0);
    } finally {
      watch.stop();
    }
  });
});
