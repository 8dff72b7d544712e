import { scriptedBackend } from "@catenary/testing";
import { expect, test, vi } from "vitest";
import { createRuntime } from "../create-runtime.ts";
import type { Backend } from "../model/backend.ts";
import type { RuntimeOptions } from "../run/runtime-options.ts";

/** A server that was given over, and that takes as long for a delete as a test says. */
function given(models: readonly string[]) {
  const has = new Set(models);
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const held = Promise.withResolvers<void>();
  const deleteModel = vi.fn(async (name: string) => {
    begin();
    await held.promise;
    has.delete(name);
  });
  const backend: Backend = {
    ...scriptedBackend({ id: "a", type: "ollama" }),
    prune: true,
    listModels: async () => [...has].map((id) => ({ id })),
    pullModel: () => new Promise<never>(() => {}),
    deleteModel,
  };
  const options: RuntimeOptions = { backends: [backend], models: [{ name: "keep" }] };
  const deleted = () => deleteModel.mock.calls.map(([name]) => name);
  return { has, begun, letGo: () => held.resolve(), deleted, runtime: createRuntime(options) };
}

test("a model that is declared while others are being deleted stays", async () => {
  const { has, begun, letGo, runtime } = given(["keep", "old", "wanted"]);
  const synced = runtime.sync();
  await begun;
  await runtime.models.create({ name: "wanted" });
  letGo();
  await synced;
  expect([...has]).toEqual(["keep", "wanted"]);
  await runtime.close();
});

test("so does one that is put into a group, or that somebody begins to fetch", async () => {
  const { has, begun, letGo, runtime } = given(["keep", "old", "grouped", "fetched"]);
  const synced = runtime.sync();
  await begun;
  await runtime.groups.create({ id: "g", backends: [], models: ["grouped"] });
  runtime.downloads.create({ backend: "a", model: "fetched" });
  letGo();
  await synced;
  expect([...has]).toEqual(["keep", "grouped", "fetched"]);
  await runtime.close();
});

test("nothing more is deleted once the backend is removed, or the runtime closed", async () => {
  for (const leave of ["remove", "close"] as const) {
    const { has, begun, letGo, runtime } = given(["keep", "old", "older"]);
    const synced = runtime.sync();
    await begun;
    const left = leave === "remove" ? runtime.backends.delete("a") : runtime.close();
    letGo();
    await Promise.all([synced, left]);
    expect([...has]).toEqual(["keep", "older"]);
    await runtime.close();
  }
});

test("two syncs at once delete each model once", async () => {
  const { begun, letGo, deleted, runtime } = given(["keep", "old", "older"]);
  const both = [runtime.sync(), runtime.sync()];
  await begun;
  letGo();
  await Promise.all(both);
  expect(deleted()).toEqual(["old", "older"]);
  await runtime.close();
});
