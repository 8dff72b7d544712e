import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { runTask } from "../../tests/fixtures/run-task.ts";

const embedding = [0.5, -0.25];

test("turns the text into a vector; the outcome is ok", async () => {
  const { output, outputType, step, backend } = await runTask({ handler: "embedding" }, "Hi", {
    replies: [{ embedding, usage: { inputTokens: 3 } }],
  });
  expect([output, outputType, step?.outcome]).toEqual([embedding, "vector", "ok"]);
  expect(step).toMatchObject({ model: "scripted", usage: { inputTokens: 3 } });
  expect(backend.calls).toMatchObject([{ kind: "embed", values: ["Hi"] }]);
});

test("takes the runtime's default for embeddings, and not the one for prompts", async () => {
  const backend = scriptedBackend({ models: ["a", "b"], replies: [{ embedding }] });
  await runTask({ handler: "embedding" }, "Hi", {
    runtime: { backends: [backend], defaults: { model: "a", embedding: { model: "b" } } },
  });
  backend.expectCalls([{ kind: "embed", model: "b" }]);
});

test.each([
  [{ model: "a", models: ["b"] }, "model", "a, b"],
  [{ models: ["a", "b"] }, "model", "a, b"],
  [{ provider: "x", providers: ["y"] }, "provider", "x, y"],
])("refuses %j: vectors of different models cannot be compared", async (execute_config, kind, names) => {
  const { error, backend } = await runTask({ handler: "embedding", execute_config }, "Hi");
  expect(error).toMatchObject({
    code: "too_many_models",
    failure: "chain",
    message: `task task (embedding) takes one ${kind}, and execute_config names 2: ${names}`,
  });
  expect(backend.calls).toEqual([]);
});

test("refuses an empty text", async () => {
  expect((await runTask({ handler: "embedding" }, "")).error?.code).toBe("prompt_empty");
});

test("says so where no model is known to embed", async () => {
  const backend = scriptedBackend({ models: [{ id: "chatty" }] });
  const { error } = await runTask({ handler: "embedding" }, "Hi", { runtime: { backends: [backend] } });
  expect(error).toMatchObject({
    code: "no_candidate",
    message: expect.stringContaining("capabilities: { embed: true }"),
  });
});
