import { describe, expect, test } from "vitest";
import { samplingOf, wantedOf } from "./wanted-of.ts";

const defaults = {
  model: "p-model",
  provider: "p-type",
  chat: { model: "c-model" },
  embedding: { model: "e-model", provider: "e-type" },
};

describe("the models that may take a call", () => {
  test("are those that the task names, `model` before `models`", () => {
    const config = { model: "a", models: ["b", "c"], provider: "x", providers: ["y"], routing: { policy: "random" } };
    expect(wantedOf(config, { kind: "chat", model: "requested", contextLength: 9, tools: true }, defaults)).toEqual({
      kind: "chat",
      models: ["a", "b", "c"],
      providers: ["x", "y"],
      contextLength: 9,
      outputTokens: 0,
      tools: true,
      policy: "random",
    });
  });

  test("begin with the request's where the task names only `models`, as in the original", () => {
    expect(wantedOf({ models: ["b", "c"] }, { kind: "chat", model: "requested" }, defaults).models).toEqual([
      "requested",
      "b",
      "c",
    ]);
    expect(wantedOf({ models: ["b"] }, { kind: "chat" }, defaults).models).toEqual(["b"]);
  });

  test("are else the request's, else the default of that kind", () => {
    const models = (kind: "prompt" | "chat" | "embed", model?: string) =>
      wantedOf({}, { kind, model }, defaults).models;
    expect(models("chat", "requested")).toEqual(["requested"]);
    expect([models("prompt"), models("chat"), models("embed")]).toEqual([["p-model"], ["c-model"], ["e-model"]]);
    expect(wantedOf({ model: "" }, { kind: "chat" }, defaults).models).toEqual(["c-model"]);
  });

  test("are of the group, the purpose and the session that the task names; a sticky run is a session itself", () => {
    const routing = { group: "g", purpose: "p", session: "s" };
    expect(wantedOf({ routing }, { kind: "prompt", runId: "r" }, {})).toMatchObject(routing);
    const sessionOf = (more: object) => wantedOf({ routing: more }, { kind: "prompt", runId: "r" }, {}).session;
    expect(sessionOf({ sticky: true })).toBe("r");
    expect(sessionOf({ sticky: true, session: "s" })).toBe("s");
    expect(sessionOf({ sticky: true, session: "" })).toBe("r");
    expect([sessionOf({}), sessionOf({ sticky: false })]).toEqual([undefined, undefined]);
  });

  test("are any where nobody says", () => {
    expect(wantedOf({}, { kind: "prompt" }, {})).toEqual({
      kind: "prompt",
      models: [],
      providers: [],
      contextLength: 0,
      outputTokens: 0,
      tools: false,
      policy: undefined,
    });
    expect(wantedOf({}, { kind: "embed" }, { model: "p", provider: "q" })).toMatchObject({ models: [], providers: [] });
  });

  test("have their default model and their default provider independently", () => {
    expect(wantedOf({ model: "a" }, { kind: "prompt" }, defaults)).toMatchObject({
      models: ["a"],
      providers: ["p-type"],
    });
    expect(wantedOf({ provider: "x" }, { kind: "chat" }, defaults)).toMatchObject({
      models: ["c-model"],
      providers: ["x"],
    });
    expect(wantedOf({}, { kind: "chat" }, defaults).providers).toEqual(["p-type"]);
  });
});

test("how a model is to answer is said field by field by the task, then by the request", () => {
  const request = { temperature: 1, seed: 5, stop: ["a"] };
  expect(samplingOf({ temperature: 0, maxTokens: 3, model: "m" }, request)).toEqual({
    temperature: 0,
    maxTokens: 3,
    seed: 5,
    stop: ["a"],
  });
  expect(samplingOf({})).toEqual({});
  expect(request).toEqual({ temperature: 1, seed: 5, stop: ["a"] });
});

test("a limit of tokens that is none counts as not given", () => {
  expect(samplingOf({ maxTokens: 0 })).toEqual({});
  expect(samplingOf({ maxTokens: -1 }, { maxTokens: 7 })).toEqual({ maxTokens: 7 });
});
