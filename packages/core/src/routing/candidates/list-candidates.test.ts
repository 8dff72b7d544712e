import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { routingParts, wanted } from "../../../tests/fixtures/routing-parts.ts";
import type { BackendState } from "../../fleet/backend-state.ts";
import type { BackendModel } from "../../model/backend.ts";
import type { DeclaredModel } from "../../model/declared-model.ts";
import type { AffinityGroup } from "../../registry/affinity-group.ts";
import type { Wanted } from "../call/model-request.ts";
import type { Candidate } from "./candidate.ts";
import { listCandidates } from "./list-candidates.ts";
import { scopesOf } from "./scopes.ts";

const state = (id: string, models: readonly (string | BackendModel)[], type = "scripted"): BackendState => ({
  backend: scriptedBackend({ id, type }),
  models: models.map((model) => (typeof model === "string" ? { id: model } : model)),
  error: undefined,
  at: 0,
});

function candidates(
  parts: Partial<Wanted>,
  states: readonly BackendState[],
  more: { readonly declared?: readonly DeclaredModel[]; readonly groups?: readonly AffinityGroup[] } = {},
): readonly Candidate[] {
  const [scope = ANYWHERE] = scopesOf(wanted(parts), more.groups ?? []);
  return listCandidates(wanted(parts), states, routingParts([], more), scope);
}

const ANYWHERE = { name: undefined, groups: undefined, policy: undefined };

const placed = ({ backend, model }: Candidate) => `${backend.id}/${model.id}`;
const names = (...given: Parameters<typeof candidates>) => candidates(...given).map(placed);

test("without names, everything that is served, backends in their order", () => {
  expect(names({}, [state("a", ["x", "y"]), state("b", ["x"])])).toEqual(["a/x", "a/y", "b/x"]);
});

test("models in the order in which they are named, each wherever it is served", () => {
  const states = [state("a", ["x", "y"]), state("b", ["y", "z"])];
  expect(names({ models: ["z", "y"] }, states)).toEqual(["b/z", "a/y", "b/y"]);
  expect(names({ models: ["nowhere", "x"] }, states)).toEqual(["a/x"]);
  expect(names({ models: ["x", "x"] }, states)).toEqual(["a/x"]);
});

test("only backends of the types that are named", () => {
  const states = [state("a", ["x"], "ollama"), state("b", ["x"], "openai"), state("c", ["x"], "gemini")];
  expect(names({ models: ["x"], providers: ["openai", "gemini"] }, states)).toEqual(["b/x", "c/x"]);
  expect(names({ providers: ["vllm"] }, states)).toEqual([]);
});

describe("a name", () => {
  test("that somebody serves exactly means that and nothing else", () => {
    expect(names({ models: ["x:7b"] }, [state("a", ["X:7B", "x"]), state("b", ["x:7b"])])).toEqual(["b/x:7b"]);
  });

  test("with a tag never means another tag", () => {
    expect(names({ models: ["x:7b"] }, [state("a", ["x:70b"])])).toEqual([]);
    expect(names({ models: ["x:7b"] }, [state("a", ["x:70b", "x"])])).toEqual(["a/x"]);
  });

  test("without a tag means any, `latest` first", () => {
    const states = [state("a", ["x:7b", "x:latest"]), state("b", ["x:1b"])];
    expect(names({ models: ["x"] }, states)).toEqual(["a/x:latest", "a/x:7b", "b/x:1b"]);
  });

  test("is compared without publisher, separators and quantisation", () => {
    expect(names({ models: ["org/Llama-2_70b-AWQ"] }, [state("a", ["llama2.70b"])])).toEqual(["a/llama2.70b"]);
  });
});

describe("what is declared about a model", () => {
  const served: BackendModel = { id: "x:7b", contextLength: 100, capabilities: { chat: true, tools: true } };
  const only = (declared: readonly DeclaredModel[]) => candidates({}, [state("a", [served])], { declared })[0]?.model;

  test("wins over what the server tells, field by field", () => {
    const model = only([{ name: "x:7b", contextLength: 500, capabilities: { tools: false, embed: true } }]);
    expect(model).toEqual({ id: "x:7b", contextLength: 500, capabilities: { chat: true, tools: false, embed: true } });
    expect(only([{ name: "x:7b" }])).toEqual(served);
  });

  test("is for exactly that model; no tag is `latest`", () => {
    expect(only([{ name: "x", contextLength: 500 }])?.contextLength).toBe(100);
    expect(only([{ name: "x:70b", contextLength: 500 }])?.contextLength).toBe(100);
    const latest = candidates({}, [state("a", ["x:latest"])], { declared: [{ name: "x", contextLength: 5 }] });
    expect(latest[0]?.model.contextLength).toBe(5);
  });
});

describe("the rank of a candidate", () => {
  const ranks = (parts: Partial<Wanted>, states: readonly BackendState[]) =>
    candidates(parts, states).map((candidate) => [placed(candidate), candidate.rank]);

  test("is one for all where no model is named", () => {
    expect(ranks({}, [state("a", ["x", "y"]), state("b", ["x"])])).toEqual([
      ["a/x", 0],
      ["a/y", 0],
      ["b/x", 0],
    ]);
  });

  test("is the place of its name, wherever it is served; named twice, the first", () => {
    expect(ranks({ models: ["y", "x", "y"] }, [state("a", ["x", "y"]), state("b", ["y"])])).toEqual([
      ["a/y", 0],
      ["b/y", 0],
      ["a/x", 1],
    ]);
  });

  test("of `latest` is before that of other tags, where the name has none", () => {
    const states = [state("a", ["x:7b", "x:latest"]), state("b", ["x:latest", "y"])];
    expect(ranks({ models: ["x", "y"] }, states)).toEqual([
      ["a/x:latest", 0],
      ["b/x:latest", 0],
      ["a/x:7b", 1],
      ["b/y", 2],
    ]);
  });
});

describe("outside of its group a call finds nothing", () => {
  const states = [state("a", ["x", "y"]), state("b", ["x", "z"]), state("c", ["x"])];
  const groups = [
    { id: "g", backends: ["a", "b"], models: ["x"] },
    { id: "h", backends: ["b"] },
    { id: "none", backends: ["a"], models: [] },
  ];

  test("neither another backend nor another model", () => {
    expect(names({ group: "g" }, states, { groups })).toEqual(["a/x", "b/x"]);
    expect(names({ group: "g", models: ["y"] }, states, { groups })).toEqual([]);
    expect(names({ group: "h" }, states, { groups })).toEqual(["b/x", "b/z"]);
    expect(names({ group: "none" }, states, { groups })).toEqual([]);
  });

  test("and what fits a name best elsewhere does not count", () => {
    const tagged = [state("a", ["x:7b"]), state("c", ["x"])];
    expect(names({ models: ["x"] }, tagged)).toEqual(["c/x"]);
    expect(names({ models: ["x"], group: "g" }, tagged, { groups: [{ id: "g", backends: ["a"] }] })).toEqual([
      "a/x:7b",
    ]);
  });
});

describe("what was listed is remembered", () => {
  const states = [state("a", ["x", "y"])];
  const [scope = ANYWHERE] = scopesOf(wanted(), []);
  const parts = routingParts([], { declared: [{ name: "x", contextLength: 5 }] });

  test("for the same names and types, and not for others", () => {
    const list = (more: Partial<Wanted>) => listCandidates(wanted(more), states, parts, scope);
    expect(list({ models: ["x"] })).toBe(list({ models: ["x"], kind: "chat", tools: true }));
    expect(list({ models: ["x"] })).not.toBe(list({ models: ["y"] }));
    expect(list({ models: ["x", "y"] })).not.toBe(list({ models: ["y", "x"] }));
    expect(list({ models: ["x"], providers: ["scripted"] })).not.toBe(list({ models: ["x", "scripted"] }));
    expect(list({ models: ["x y"] })).toEqual([]);
  });

  test("until a declaration, a state or the scope is another", () => {
    const before = listCandidates(wanted(), states, parts, scope);
    const declared = [{ name: "x", contextLength: 9 }];
    const after = listCandidates(wanted(), states, { ...parts, declared: () => declared }, scope);
    expect(after[0]?.model.contextLength).toBe(9);
    expect(listCandidates(wanted(), [...states], parts, scope)).not.toBe(before);
    const [held = ANYWHERE] = scopesOf(wanted({ group: "g" }), [{ id: "g", backends: [] }]);
    expect(listCandidates(wanted(), states, parts, held)).toEqual([]);
  });

  test("not for more names than a runtime can be asked for in earnest", () => {
    const first = listCandidates(wanted({ models: ["x"] }), states, parts, scope);
    for (let at = 0; at < 300; at++) listCandidates(wanted({ models: [`made-up-${at}`] }), states, parts, scope);
    const again = listCandidates(wanted({ models: ["x"] }), states, parts, scope);
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });

  test("a candidate's health is the same whichever call lists it", () => {
    const byName = listCandidates(wanted({ models: ["x"] }), states, parts, scope)[0];
    const byAll = listCandidates(wanted(), [...states], parts, scope)[0];
    expect(byName?.health).toBe(byAll?.health);
  });
});
