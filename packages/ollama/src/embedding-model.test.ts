import { createFakeOllama } from "@catenary/testing";
import { describe, expect, it } from "vitest";
import { ollama } from "./ollama.ts";

const name = "nomic-embed-text";

describe("the embedding model", () => {
  it("asks for several vectors at once, and tells the tokens", async () => {
    const fake = createFakeOllama();
    const result = await ollama({ fetch: fake, keepAlive: "5m" })
      .embeddingModel?.(name)
      .doEmbed({ values: ["a b", "c", ""] });
    expect(result?.embeddings).toHaveLength(3);
    expect(result?.usage?.tokens).toBe(9);
    expect(fake.requests.map((request) => request.body)).toEqual([
      { model: name, input: ["a b", "c", ""], keep_alive: "5m" },
    ]);
  });

  it("asks nothing for nothing", async () => {
    const fake = createFakeOllama();
    const result = await ollama({ fetch: fake }).embeddingModel?.(name).doEmbed({ values: [] });
    expect(result?.embeddings).toEqual([]);
    expect(fake.requests).toEqual([]);
  });

  it("refuses an answer with too few vectors", async () => {
    const body = { model: name, embeddings: [[1]], total_duration: 1, load_duration: 1, prompt_eval_count: 1 };
    const model = ollama({ fetch: async () => Response.json(body) }).embeddingModel?.(name);
    await expect(model?.doEmbed({ values: ["a", "b"] })).rejects.toMatchObject({ failure: "reply" });
    await expect(model?.doEmbed({ values: ["a", "b"] })).rejects.toThrow("1 vectors for 2 texts");
  });

  it("takes the answer of a server that does not count", async () => {
    const model = ollama({ fetch: async () => Response.json({ model: name, embeddings: [[1, 2]] }) }).embeddingModel?.(
      name,
    );
    expect((await model?.doEmbed({ values: ["a"] }))?.embeddings).toEqual([[1, 2]]);
  });

  it("says of a model that is not there how to get it", async () => {
    const model = ollama({ fetch: createFakeOllama({ models: [] }) }).embeddingModel?.(name);
    await expect(model?.doEmbed({ values: ["a"] })).rejects.toMatchObject({
      status: 404,
      failure: "unavailable",
      reason: "model_not_found",
    });
    await expect(model?.doEmbed({ values: ["a"] })).rejects.toThrow(`\`ollama pull ${name}\``);
  });
});
