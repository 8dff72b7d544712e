import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { errorOf } from "../../tests/fixtures/error-of.ts";
import { createRuntime } from "../create-runtime.ts";
import type { Backend } from "./backend.ts";
import { checkVersion } from "./check-version.ts";

test("passes a model of the version that is spoken here", () => {
  expect(checkVersion({ specificationVersion: "v4" }, "home", "tiny")).toBeUndefined();
});

test.each([
  [undefined, "missing"],
  ["tiny", "a string"],
  [{}, "an object"],
])("refuses %j, which is no model", (value, kind) => {
  expect(() => checkVersion(value, "home", "tiny")).toThrow(
    `tiny on home is no model of the AI SDK's provider specification, but ${kind}`,
  );
});

test("a model of another version is refused before it is asked, and nobody else is asked instead", async () => {
  const scripted = scriptedBackend({ id: "old" });
  const next = scriptedBackend({ id: "next" });
  // Safe: the point is a provider of another time, whatever the types say.
  const old = { specificationVersion: "v2" as "v4" };
  const backend: Backend = {
    ...scripted,
    languageModel: (id) => ({ ...scripted.languageModel(id), ...old }),
    embeddingModel: (id) => ({ ...scripted.embeddingModel(id), ...old }),
  };
  const runtime = createRuntime({ backends: [backend, next], defaults: { policy: "ordered" } });
  for (const call of [() => runtime.prompt("Hi"), () => runtime.embed("Hi")]) {
    expect(await errorOf(call())).toMatchObject({
      code: "model_failed",
      failure: "chain",
      message: expect.stringContaining("provider specification v2, and v4 is needed"),
      details: { backend: "old", model: "scripted" },
    });
  }
  expect([...scripted.calls, ...next.calls]).toEqual([]);
});
