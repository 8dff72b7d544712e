import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { routingParts, wanted } from "../../../tests/fixtures/routing-parts.ts";
import type { BackendModel } from "../../model/backend.ts";
import type { Capabilities } from "../../model/capabilities.ts";
import type { CallKind, Wanted } from "../call/model-request.ts";
import type { Candidate } from "./candidate.ts";
import { eligible } from "./eligible.ts";

const backend = scriptedBackend();
const { health } = routingParts([]);
const model = (id: string, parts: Partial<BackendModel> = {}): Candidate => ({
  backend,
  model: { id, ...parts },
  health: health.of(backend, id),
  rank: 0,
});

function sift(parts: Partial<Wanted>, ...candidates: readonly Candidate[]) {
  const { kept, dropped } = eligible(wanted(parts), candidates);
  return { kept: kept.map((one) => one.model.id), why: dropped.map(({ why }) => why) };
}

describe("what a model can do", () => {
  const table: readonly (readonly [Capabilities, prompt: boolean, chat: boolean, embed: boolean])[] = [
    [{}, true, true, false],
    [{ embed: true }, false, false, true],
    [{ embed: true, chat: true }, true, true, true],
    [{ embed: true, prompt: true }, true, false, true],
    [{ chat: false }, false, false, false],
    [{ chat: true }, true, true, false],
    [{ chat: false, prompt: true }, true, false, false],
    [{ prompt: false }, false, true, false],
    [{ embed: false }, true, true, false],
  ];

  test.each(table)("%j: prompts %j, conversations %j, embeds %j", (capabilities, prompt, chat, embed) => {
    const can = (kind: CallKind) => sift({ kind }, model("m", { capabilities })).kept.length === 1;
    expect({ prompt: can("prompt"), chat: can("chat"), embed: can("embed") }).toEqual({ prompt, chat, embed });
  });

  test("is not known where the server says nothing: such a model answers, and is not asked to embed", () => {
    expect(sift({ kind: "chat" }, model("m")).kept).toEqual(["m"]);
    expect(sift({ kind: "embed" }, model("m"))).toEqual({
      kept: [],
      why: ["it is not known to embed; declare it with capabilities: { embed: true }"],
    });
  });

  test("does not help where its backend has no embedding models", () => {
    const { embeddingModel: _none, ...plain } = backend;
    const candidate = { ...model("m", { capabilities: { embed: true } }), backend: plain };
    expect(eligible(wanted({ kind: "embed" }), [candidate]).dropped).toMatchObject([
      { stage: "eligible", why: "its backend does not embed" },
    ]);
  });
});

test("tools are a reason against a model only where it is known to take none", () => {
  const candidates = [
    model("none", { capabilities: { tools: false } }),
    model("unknown"),
    model("some", { capabilities: { tools: true } }),
  ];
  expect(sift({ kind: "chat", tools: true }, ...candidates)).toEqual({
    kept: ["unknown", "some"],
    why: ["it takes no tools; if it does, declare it with capabilities: { tools: true }"],
  });
  expect(sift({ kind: "chat" }, ...candidates).kept).toEqual(["none", "unknown", "some"]);
});

describe("the context", () => {
  const candidates = [
    model("unknown"),
    model("small", { contextLength: 2_100 }),
    model("large", { contextLength: 9_000 }),
  ];

  test("must hold the conversation; models of which it is not known go last where that is long", () => {
    expect(sift({ kind: "chat", contextLength: 5_000 }, ...candidates)).toEqual({
      kept: ["large", "unknown"],
      why: ["its context holds 2100 tokens, and the conversation has 5000"],
    });
  });

  test("must hold a short conversation too, which does not care for those of which it is not known", () => {
    const order = (contextLength: number, outputTokens = 0) =>
      sift({ kind: "chat", contextLength, outputTokens }, ...candidates, model("tiny", { contextLength: 100 })).kept;
    expect(order(2_047)).toEqual(["unknown", "small", "large"]);
    expect(order(2_048)).toEqual(["small", "large", "unknown"]);
    expect(order(48, 2_000)).toEqual(["small", "large", "unknown"]);
    expect(order(100)).toEqual(["unknown", "small", "large", "tiny"]);
  });

  test("is not asked for where the length of the conversation is not known", () => {
    expect(sift({ kind: "chat" }, ...candidates).kept).toEqual(["unknown", "small", "large"]);
  });
});

describe("the answer", () => {
  test("must fit into the context beside the conversation", () => {
    const candidates = [model("small", { contextLength: 100 }), model("large", { contextLength: 200 })];
    expect(sift({ kind: "chat", contextLength: 90, outputTokens: 50 }, ...candidates)).toEqual({
      kept: ["large"],
      why: ["its context holds 100 tokens, and the conversation has 90, and its answer may have 50"],
    });
    expect(sift({ kind: "prompt", outputTokens: 150 }, ...candidates).kept).toEqual(["large"]);
  });
});

test("images are a reason against a model only where it is known to take none", () => {
  const candidates = [
    model("blind", { capabilities: { vision: false } }),
    model("unknown"),
    model("sees", { capabilities: { vision: true } }),
  ];
  expect(sift({ vision: true }, ...candidates)).toEqual({ kept: ["unknown", "sees"], why: ["it takes no images"] });
});

test("where a schema must be obeyed, only models that are known to obey one are asked", () => {
  const candidates = [
    model("free", { capabilities: { structuredOutput: false } }),
    model("unknown"),
    model("held", { capabilities: { structuredOutput: true } }),
  ];
  const { kept, why } = sift({ structuredOutput: true }, ...candidates);
  expect(kept).toEqual(["held"]);
  expect(why).toHaveLength(2);
});

describe("candidates of which the context is not known", () => {
  const candidates = [model("unknown"), model("known", { contextLength: 10_000 })];

  test("have a rank behind all others, so that no policy prefers them, and are the same object each time", () => {
    const [first, last] = eligible(wanted({ contextLength: 5_000 }), candidates).kept;
    expect(first).toBe(candidates[1]);
    expect(last?.rank).toBeGreaterThan(1000);
    expect(last?.health).toBe(candidates[0]?.health);
    expect(eligible(wanted({ contextLength: 6_000 }), candidates).kept[1]).toBe(last);
  });

  test("are like the others where the conversation's length is not known", () => {
    expect(eligible(wanted(), candidates).kept).toBe(candidates);
  });
});
