import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { wanted } from "../../tests/fixtures/routing-parts.ts";
import type { BackendState } from "../fleet/backend-state.ts";
import type { BackendModel } from "../model/backend.ts";
import type { DeclaredModel } from "../model/declared-model.ts";
import { listCandidates } from "./list-candidates.ts";
import type { Wanted } from "./model-request.ts";

const state = (id: string, models: readonly (string | BackendModel)[], type = "scripted"): BackendState => ({
  backend: scriptedBackend({ id, type }),
  models: models.map((model) => (typeof model === "string" ? { id: model } : model)),
  error: undefined,
  at: 0,
});

const names = (parts: Partial<Wanted>, states: readonly BackendState[], declared: readonly DeclaredModel[] = []) =>
  listCandidates(wanted(parts), states, declared).map(({ backend, model }) => `${backend.id}/${model.id}`);

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
  const only = (declared: readonly DeclaredModel[]) =>
    listCandidates(wanted(), [state("a", [served])], declared)[0]?.model;

  test("wins over what the server tells, field by field", () => {
    const model = only([{ name: "x:7b", contextLength: 500, capabilities: { tools: false, embed: true } }]);
    expect(model).toEqual({ id: "x:7b", contextLength: 500, capabilities: { chat: true, tools: false, embed: true } });
    expect(only([{ name: "x:7b" }])).toEqual(served);
  });

  test("is for exactly that model; no tag is `latest`", () => {
    expect(only([{ name: "x", contextLength: 500 }])?.contextLength).toBe(100);
    expect(only([{ name: "x:70b", contextLength: 500 }])?.contextLength).toBe(100);
    const latest = listCandidates(wanted(), [state("a", ["x:latest"])], [{ name: "x", contextLength: 5 }]);
    expect(latest[0]?.model.contextLength).toBe(5);
  });
});
