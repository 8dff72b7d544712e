import { createRuntime } from "@catenary/core";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { ollama } from "./ollama.ts";

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] }));
afterEach(() => void vi.useRealTimers());

interface Told {
  readonly name: string;
  readonly digest?: string;
  readonly modified_at?: string;
}

/** A server that lists these models and takes a while for each that it is asked about; `hangs` names those that never come. */
function serverOf(models: readonly Told[], showMs: number, hangs: (name: string) => boolean = () => false) {
  const shown: string[] = [];
  const fetch = async (input: unknown, init?: RequestInit): Promise<Response> => {
    const path = new URL(String(input)).pathname;
    if (path === "/api/tags") return Response.json({ models });
    if (path === "/api/ps") return Response.json({ models: [] });
    const { model } = JSON.parse(String(init?.body));
    await new Promise<void>((resolve, reject) => {
      if (!hangs(model)) setTimeout(resolve, showMs);
      init?.signal?.addEventListener("abort", () => reject(init.signal?.reason));
    });
    shown.push(model);
    const capabilities = model.startsWith("embed") ? ["embedding"] : ["completion"];
    return Response.json({ capabilities, model_info: {} });
  };
  return { shown, fetch };
}

const many = Array.from({ length: 48 }, (_, at) => ({ name: `m${at}:latest`, digest: `d${at}` }));
const knownIn = (models: readonly { readonly capabilities?: unknown }[]) =>
  models.filter(({ capabilities }) => capabilities !== undefined).length;

test("a server that needs a second for each of 48 models is listed at once, and what each can do is known with the third list", async () => {
  const { fetch } = serverOf(many, 1_000);
  const backend = ollama({ fetch });
  const counts: number[] = [];
  for (let at = 0; at < 3; at++) {
    const listed = backend.listModels();
    await vi.advanceTimersByTimeAsync(5_000);
    const models = await listed;
    expect(models).toHaveLength(48);
    counts.push(knownIn(models));
  }
  expect(counts[0]).toBeGreaterThan(10);
  expect(counts[2]).toBe(48);
  expect(vi.getTimerCount()).toBe(0);
});

test("a call finds a model on such a server", async () => {
  vi.useRealTimers();
  const { fetch } = serverOf(many, 100);
  const runtime = createRuntime({ backends: [ollama({ fetch, routing: { listTimeoutMs: 600 } })] });
  const [state] = await runtime.sync();
  expect(state?.error).toBeUndefined();
  expect(state?.models).toHaveLength(48);
  await runtime.close();
});

test("the list takes as long as is said, and half of it is for what the models can do", async () => {
  const { fetch } = serverOf(many, 1_000);
  const backend = ollama({ fetch, routing: { listTimeoutMs: 60_000 } });
  const listed = backend.listModels();
  await vi.advanceTimersByTimeAsync(12_000);
  expect(knownIn(await listed)).toBe(48);
  const patient = ollama({ fetch: serverOf(many, 60_000).fetch, routing: { listTimeoutMs: 0 } }).listModels();
  await vi.advanceTimersByTimeAsync(12 * 60_000);
  expect(knownIn(await patient)).toBe(48);
});

test("models about which nothing is ever told keep nobody from learning about the others", async () => {
  const { fetch } = serverOf(many, 10, (name) => /^m[0-3]:/.test(name));
  const backend = ollama({ fetch });
  for (let at = 0; at < 2; at++) {
    const listed = backend.listModels();
    await vi.advanceTimersByTimeAsync(5_000);
    if (at === 1) expect(knownIn(await listed)).toBe(44);
    await listed;
  }
});

test("a server that ignores that nobody waits any longer holds nothing up, and a caller who leaves is told so", async () => {
  const deaf = serverOf(many, 1_000);
  const backend = ollama({
    fetch: (input: unknown, init?: RequestInit) =>
      String(input).endsWith("/api/show") ? new Promise<never>(() => {}) : deaf.fetch(input, init),
  });
  const listed = backend.listModels();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(knownIn(await listed)).toBe(0);
  const controller = new AbortController();
  const left = backend.listModels({ signal: controller.signal });
  const rejected = expect(left).rejects.toThrow("enough");
  await vi.advanceTimersByTimeAsync(1);
  controller.abort(new Error("enough"));
  await rejected;
  expect(vi.getTimerCount()).toBe(0);
});

test.each([
  ["the same", { digest: "sha" }],
  ["an empty", { digest: "" }],
  ["no", {}],
])("models that have %s digest are not taken for one another", async (_, digest) => {
  const { fetch, shown } = serverOf(
    [
      { name: "chat:latest", ...digest },
      { name: "embed:latest", ...digest },
    ],
    1,
  );
  const backend = ollama({ fetch });
  for (let at = 0; at < 2; at++) {
    const listed = backend.listModels();
    await vi.advanceTimersByTimeAsync(1);
    const [chat, embed] = await listed;
    expect([chat?.capabilities?.chat, chat?.capabilities?.embed]).toEqual([true, false]);
    expect([embed?.capabilities?.chat, embed?.capabilities?.embed]).toEqual([false, true]);
  }
  expect(shown).toHaveLength(2);
});
