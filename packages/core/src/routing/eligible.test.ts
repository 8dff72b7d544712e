import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { wanted } from "../../tests/fixtures/routing-parts.ts";
import type { BackendModel } from "../model/backend.ts";
import type { Capabilities } from "../model/capabilities.ts";
import { eligible } from "./eligible.ts";
import type { CallKind, Wanted } from "./model-request.ts";

const backend = scriptedBackend();
const model = (id: string, parts: Partial<BackendModel> = {}) => ({ backend, model: { id, ...parts } });

function sift(parts: Partial<Wanted>, ...candidates: readonly ReturnType<typeof model>[]) {
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
    const candidate = { backend: plain, model: { id: "m", capabilities: { embed: true } } };
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
    why: ["it takes no tools"],
  });
  expect(sift({ kind: "chat" }, ...candidates).kept).toEqual(["none", "unknown", "some"]);
});

describe("the context", () => {
  const candidates = [model("unknown"), model("small", { contextLength: 10 }), model("large", { contextLength: 100 })];

  test("must hold the conversation; models of which it is not known go last", () => {
    expect(sift({ kind: "chat", contextLength: 50 }, ...candidates)).toEqual({
      kept: ["large", "unknown"],
      why: ["its context holds 10 tokens, and the conversation has 50"],
    });
    expect(sift({ kind: "chat", contextLength: 10 }, ...candidates).kept).toEqual(["small", "large", "unknown"]);
  });

  test("is not asked for where the length of the conversation is not known", () => {
    expect(sift({ kind: "chat" }, ...candidates).kept).toEqual(["unknown", "small", "large"]);
  });
});
