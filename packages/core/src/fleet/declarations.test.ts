import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { ModelError } from "../errors/model-error.ts";
import type { Backend } from "../model/backend.ts";
import type { BackendState } from "./backend-state.ts";
import { type Declarations, missingModels, modelsFor, undeclaredModels } from "./declarations.ts";

const fetching = (id: string, type = "ollama"): Backend => ({
  ...scriptedBackend({ id, type }),
  pullModel: async () => {},
});
const served = (id: string, type = "openai"): Backend => scriptedBackend({ id, type });
const stateOf = (backend: Backend, ...models: readonly string[]) => ({
  backend,
  models: models.map((id) => ({ id })),
  error: undefined,
  at: 0,
});
const declare = (names: readonly string[], groups: Declarations["groups"] = []): Declarations => ({
  models: names.map((name) => ({ name })),
  groups,
});

describe("a backend is to have", () => {
  test("every declared model, where there are no groups", () => {
    expect(modelsFor(fetching("a"), declare(["x", "y", "x:latest"]))).toEqual(["x", "y"]);
  });

  test("the models of its groups, where these list some, and no others", () => {
    const groups = [
      { id: "g", backends: ["a", "b"], models: ["x"] },
      { id: "h", backends: ["a"], models: ["z"] },
    ];
    expect(modelsFor(fetching("a"), declare(["x", "y"], groups))).toEqual(["x", "z"]);
    expect(modelsFor(fetching("b"), declare(["x", "y"], groups))).toEqual(["x"]);
    expect(modelsFor(fetching("c"), declare(["x", "y"], groups))).toEqual(["y"]);
  });

  test("what is in no group, where its groups leave open what they serve", () => {
    expect(modelsFor(fetching("a"), declare(["x"], [{ id: "g", backends: ["a"] }]))).toEqual(["x"]);
  });

  test("a default only where it is of the default's type", () => {
    const declarations = { models: [{ name: "x", provider: "openai" }], groups: [] };
    expect(modelsFor(fetching("a"), declarations)).toEqual([]);
    expect(modelsFor(served("b"), declarations)).toEqual(["x"]);
  });
});

describe("what is missing", () => {
  const missing = (states: readonly BackendState[], declarations: Declarations, more: readonly Backend[] = []) =>
    missingModels(
      [...states.map(({ backend }) => backend), ...more],
      (backend) => states.find((state) => state.backend === backend),
      declarations,
    )
      .filter(({ waitsFor }) => waitsFor === undefined)
      .map(({ backend, model }) => `${backend.id}/${model}`);

  test("is what a backend that can fetch does not have; no tag is `latest`, and other tags are other models", () => {
    const states = [stateOf(fetching("a"), "x:latest", "y:7b"), stateOf(fetching("b"))];
    expect(missing(states, declare(["x", "y"]))).toEqual(["a/y", "b/x", "b/y"]);
  });

  test("is nothing on a backend that cannot fetch, was not asked, or does not answer", () => {
    const down = { ...stateOf(fetching("c")), error: new ModelError("down", { failure: "network" }) };
    const states = [stateOf(served("a")), { ...down, error: undefined }].slice(0, 1);
    expect(missing(states, declare(["x"]), [fetching("b")])).toEqual([]);
    expect(missingModels([down.backend], () => down, declare(["x"]))).toEqual([]);
  });

  test("is not what a backend that cannot fetch serves: a hosted model is not looked for in a registry", () => {
    const states = [stateOf(fetching("a")), stateOf(served("b"), "gpt-4o")];
    expect(missing(states, declare(["gpt-4o", "x"]))).toEqual(["a/x"]);
  });

  test("is not known before every backend that might serve it was asked", () => {
    expect(missing([stateOf(fetching("a"))], declare(["x"]), [served("b")])).toEqual([]);
    const groups = [{ id: "g", backends: ["a"], models: ["x"] }];
    expect(missing([stateOf(fetching("a"))], declare([], groups), [served("b")])).toEqual(["a/x"]);
  });

  test("is not what a backend served before it was down, nor anything while one never said what it serves", () => {
    const down = { ...stateOf(served("b")), error: new ModelError("down", { failure: "server_error" }) };
    const states = (lastModels?: readonly string[]) => [
      stateOf(fetching("a")),
      { ...down, ...(lastModels && { lastModels: lastModels.map((id) => ({ id })) }) },
    ];
    expect(missing(states(["big:latest"]), declare(["big", "x"]))).toEqual(["a/x"]);
    expect(missing(states(), declare(["big", "x"]))).toEqual([]);
  });

  test("is not what is declared with its tag for one backend and without it for the other", () => {
    const groups = [
      { id: "g", backends: ["a"], models: ["x"] },
      { id: "h", backends: ["b"], models: ["x:latest"] },
    ];
    const states = [stateOf(fetching("a")), stateOf(served("b"), "x:latest")];
    expect(missing(states, declare([], groups))).toEqual([]);
  });
});

describe("what may be deleted", () => {
  test("is what nobody named anywhere", () => {
    const groups = [{ id: "g", backends: ["elsewhere"], models: ["grouped"] }];
    const state = stateOf(fetching("a"), "x:latest", "grouped", "forgotten", "x:7b");
    expect(undeclaredModels(state, declare(["x"], groups))).toEqual(["forgotten", "x:7b"]);
  });

  test("is nothing where nothing was declared for the server: a list that was forgotten does not empty it", () => {
    expect(undeclaredModels(stateOf(fetching("a"), "x", "y"), declare([]))).toEqual([]);
  });
});
