import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { ModelError } from "../errors/model-error.ts";
import type { BackendModel } from "../model/backend.ts";
import { stateEvents } from "./state-events.ts";

const backend = scriptedBackend({ id: "a" });
const serving = (...models: readonly (string | BackendModel)[]) => ({
  backend,
  models: models.map((model) => (typeof model === "string" ? { id: model } : model)),
  error: undefined,
  at: 7,
});
const silent = { backend, models: [], error: new ModelError("nothing answers", { failure: "network" }), at: 7 };

test("a backend that answers for the first time, or again, is reachable, with what it serves", () => {
  const reachable = [{ kind: "backend_reachable", at: 7, backend: "a", models: ["x", "y"] }];
  expect(stateEvents(undefined, serving("x", "y"))).toEqual(reachable);
  expect(stateEvents(silent, serving("x", "y"))).toEqual(reachable);
});

test("one that does not answer is unreachable once, with the reason", () => {
  const [event, ...others] = stateEvents(undefined, silent);
  expect(event).toMatchObject({ kind: "backend_unreachable", error: { code: "model_failed", failure: "network" } });
  expect(others).toEqual([]);
  expect(stateEvents(serving("x"), silent)).toHaveLength(1);
  expect(stateEvents(silent, silent)).toEqual([]);
});

test("models that came, went, or are others under the same name are told together", () => {
  const before = serving("old", { id: "same", digest: "1" }, { id: "x", digest: "1" });
  const now = serving({ id: "same", digest: "1" }, { id: "x", digest: "2" }, "new");
  expect(stateEvents(before, now)).toEqual([
    { kind: "models_changed", at: 7, backend: "a", added: ["new"], removed: ["old"], updated: ["x"] },
  ]);
  expect(stateEvents(before, before)).toEqual([]);
});
