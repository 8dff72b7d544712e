import { type ScriptedBackendSettings, scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { errorOf } from "../../tests/fixtures/error-of.ts";
import { routingParts, wanted } from "../../tests/fixtures/routing-parts.ts";
import type { Backend } from "../model/backend.ts";
import type { Wanted } from "./model-request.ts";
import { resolve } from "./resolve.ts";

const live = new AbortController().signal;
const rejection = async (backends: readonly Backend[], parts: Partial<Wanted> = {}) =>
  errorOf(resolve(routingParts(backends), wanted(parts), [], live));
const messageOf = async (backends: readonly Backend[], parts: Partial<Wanted> = {}) =>
  (await rejection(backends, parts)).message;

function silent(settings: ScriptedBackendSettings, baseUrl: string): Backend {
  const models = () => {
    throw Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
  };
  return { ...scriptedBackend({ ...settings, models }), baseUrl };
}

test("without any backend, says what to write", async () => {
  expect(await rejection([])).toMatchObject({
    code: "no_candidate",
    failure: "unavailable",
    message: "no backend is registered: give one to createRuntime, such as createRuntime({ backends: [ollama()] })",
  });
});

test("names the types that there are, where none of the wanted type is registered", async () => {
  const backends = [scriptedBackend({ type: "openai" }), scriptedBackend({ id: "b", type: "openai" })];
  expect(await messageOf(backends, { providers: ["ollama", "vllm"] })).toBe(
    'no backend of type "ollama" or "vllm" is registered; there are backends of type "openai"',
  );
});

test("says that nothing answers, and where, for every backend that is silent", async () => {
  const backends = [silent({ id: "one" }, "http://127.0.0.1:11434"), silent({ id: "two" }, "http://gpu:8000/v1")];
  expect(await messageOf(backends, { models: ["tiny"] })).toBe(
    "one: nothing answers on 127.0.0.1:11434, where the backend one should be; two: nothing answers on gpu:8000, where the backend two should be",
  );
});

describe("a model that nobody serves", () => {
  test("is compared with those that are there", async () => {
    const backends = [scriptedBackend({ models: ["smollm2:135m", "llama3:8b"] })];
    expect(await messageOf(backends, { models: ["smolm2:135m"] })).toBe(
      'no backend serves the model "smolm2:135m"; there are: smollm2:135m, llama3:8b; did you mean smollm2:135m?',
    );
  });

  test("comes with what its backend knows to do about it", async () => {
    const backend: Backend = { ...scriptedBackend(), missingModelHint: (id) => `run: ollama pull ${id}` };
    expect(await messageOf([backend], { models: ["phi4"] })).toBe(
      'no backend serves the model "phi4"; there are: scripted; run: ollama pull phi4',
    );
  });

  test("may be on a backend that does not answer", async () => {
    const backends = [scriptedBackend(), silent({ id: "down" }, "http://gpu:8000")];
    expect(await messageOf(backends, { models: ["phi4", "phi3"] })).toBe(
      'no backend serves the model "phi4" or "phi3"; there are: scripted; down: nothing answers on gpu:8000, where the backend down should be',
    );
  });

  test("is not looked for on backends of other types", async () => {
    const backends = [
      scriptedBackend({ type: "openai", models: ["phi4"] }),
      scriptedBackend({ id: "b", type: "ollama" }),
    ];
    expect(await messageOf(backends, { models: ["phi4"], providers: ["ollama"] })).toBe(
      'no backend serves the model "phi4"; there are: scripted',
    );
  });

  test("is told with twenty of the models that there are, not with all", async () => {
    const models = Array.from({ length: 30 }, (_, at) => `family${String.fromCharCode(97 + at)}q`);
    const message = await messageOf([scriptedBackend({ models })], { models: ["zzzzzzzz"] });
    expect(message.match(/family/g)).toHaveLength(20);
    expect(message).toContain(", …");
  });

  test("is said otherwise where no model is there at all", async () => {
    expect(await messageOf([scriptedBackend({ models: [] })])).toBe("no backend serves any model");
    expect(await messageOf([scriptedBackend({ models: [] })], { models: ["phi4"] })).toBe(
      'no backend serves the model "phi4"',
    );
  });
});

test("names what the model cannot do, where it is there", async () => {
  const model = { id: "tiny", contextLength: 10, capabilities: { chat: false, embed: false } };
  const backend = scriptedBackend({ models: [model] });
  expect(await messageOf([backend], { kind: "chat", models: ["tiny"] })).toBe(
    "no model can take this call: tiny on scripted: it does not answer conversations",
  );
  expect(await messageOf([backend], { kind: "embed" })).toContain("declare it with capabilities: { embed: true }");
});

test("asks again for lists that may be outdated before it gives up", async () => {
  let models = ["old"];
  const backend = scriptedBackend({ models: () => models });
  const parts = routingParts([backend]);
  await resolve(parts, wanted(), [], live);
  models = ["old", "pulled"];
  await parts.clock.advance(1_000);
  const resolved = await resolve(parts, wanted({ models: ["pulled"] }), [], live);
  expect(resolved?.candidate.model.id).toBe("pulled");
});
