import { scriptedBackend } from "@catenary/testing";
import { embedMany } from "ai";
import { describe, expect, test, vi } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Backend } from "../src/model/backend.ts";
import type { EmbeddingModel, EmbeddingModelCallOptions } from "../src/model/contract.ts";

/** A backend with one embedding model, whose vectors have as many numbers as is said, and that takes two texts at once. */
function embedding(id: string, model: string, length: number) {
  const doEmbed = vi.fn(async ({ values }: EmbeddingModelCallOptions) => ({
    embeddings: values.map(() => Array<number>(length).fill(1)),
    warnings: [],
  }));
  const embeddingModel = (modelId: string): EmbeddingModel => ({
    specificationVersion: "v4",
    provider: "scripted",
    modelId,
    maxEmbeddingsPerCall: 2,
    supportsParallelCalls: true,
    doEmbed,
  });
  const models = [{ id: model, capabilities: { embed: true } }];
  const backend: Backend = { ...scriptedBackend({ id, models }), embeddingModel };
  return { backend, doEmbed };
}

const texts = Array.from({ length: 20 }, (_, at) => `text ${at}`);
const lengthsOf = (vectors: readonly (readonly number[])[]) => [...new Set(vectors.map(({ length }) => length))];
const down = Object.assign(new Error("down"), { statusCode: 503 });

describe("the router as an embedding model stays with the model that answered first", () => {
  test.each([
    ["where none is named", {}],
    ["where several are", { models: ["small", "large"] }],
  ])("%s, although its calls are made at once and another one is as good", async (_, selection) => {
    const [small, large] = [embedding("a", "small", 2), embedding("b", "large", 3)];
    const runtime = createRuntime({ backends: [small.backend, large.backend] });
    const model = runtime.embeddingModel({ ...selection, policy: "round-robin" });
    const { embeddings } = await embedMany({ model, values: texts });
    expect(lengthsOf(embeddings)).toHaveLength(1);
    await runtime.close();
  });

  test("also where that one fails later: the call fails, and no other model's vectors come", async () => {
    const [small, large] = [embedding("a", "small", 2), embedding("b", "large", 3)];
    const runtime = createRuntime({ backends: [small.backend, large.backend] });
    const model = runtime.embeddingModel({ models: ["small", "large"] });
    expect(lengthsOf((await embedMany({ model, values: ["x"] })).embeddings)).toEqual([2]);
    small.doEmbed.mockRejectedValue(down);
    await expect(embedMany({ model, values: ["y"] })).rejects.toMatchObject({ failure: "server_error" });
    expect(large.doEmbed).not.toHaveBeenCalled();
    await runtime.close();
  });

  test("on any backend that serves it", async () => {
    const [one, other] = [embedding("a", "small", 2), embedding("b", "small", 2)];
    const runtime = createRuntime({ backends: [one.backend, other.backend, embedding("c", "large", 3).backend] });
    const model = runtime.embeddingModel({ models: ["small", "large"], policy: "ordered" });
    await embedMany({ model, values: ["x"] });
    one.doEmbed.mockRejectedValue(down);
    expect(lengthsOf((await embedMany({ model, values: ["y"] })).embeddings)).toEqual([2]);
    expect(other.doEmbed).toHaveBeenCalled();
    await runtime.close();
  });

  test("and not on one where another size goes by its name", async () => {
    const [one, other] = [embedding("a", "small", 2), embedding("b", "small:large", 3)];
    const runtime = createRuntime({ backends: [one.backend, other.backend] });
    const model = runtime.embeddingModel("small");
    expect(lengthsOf((await embedMany({ model, values: ["x"] })).embeddings)).toEqual([2]);
    await runtime.backends.delete("a");
    await expect(embedMany({ model, values: ["y"] })).rejects.toThrow(
      "small:large answered where small had answered before, and vectors of different models cannot be compared",
    );
    await runtime.close();
  });

  test("and a first call that fails decides nothing", async () => {
    const [small, large] = [embedding("a", "small", 2), embedding("b", "large", 3)];
    const runtime = createRuntime({ backends: [small.backend, large.backend] });
    const model = runtime.embeddingModel({ models: ["small", "large"] });
    small.doEmbed.mockRejectedValue(down);
    large.doEmbed.mockRejectedValueOnce(down);
    await expect(embedMany({ model, values: ["x"], maxRetries: 0 })).rejects.toMatchObject({ failure: "server_error" });
    expect(lengthsOf((await embedMany({ model, values: texts })).embeddings)).toEqual([3]);
    await runtime.close();
  });

  test("and who waits for the first call can give up", async () => {
    const { backend, doEmbed } = embedding("a", "small", 2);
    const runtime = createRuntime({ backends: [backend] });
    const model = runtime.embeddingModel("small");
    const held = Promise.withResolvers<{ embeddings: number[][]; warnings: [] }>();
    doEmbed.mockReturnValueOnce(held.promise);
    const first = model.doEmbed({ values: ["x"] });
    const reason = new Error("enough");
    const controller = new AbortController();
    const second = model.doEmbed({ values: ["y"], abortSignal: controller.signal });
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    held.resolve({ embeddings: [[1, 2]], warnings: [] });
    expect((await first).embeddings).toEqual([[1, 2]]);
    await runtime.close();
  });
});
