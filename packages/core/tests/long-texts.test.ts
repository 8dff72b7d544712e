import { scriptedBackend } from "@catenary/testing";
import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { BackendRouting } from "../src/model/backend-routing.ts";
import { chainOf } from "./fixtures/chain-of.ts";

const embedder = (id: string, contextLength: number | undefined, routing: BackendRouting = {}, model = "e") => ({
  ...scriptedBackend({
    id,
    models: [{ id: model, capabilities: { embed: true }, ...(contextLength !== undefined && { contextLength }) }],
  }),
  routing,
});
const defaults = { policy: "ordered" };
const words = (tokens: number) => "word".repeat(tokens);

describe("a text to be embedded", () => {
  test("goes to a server that is known to hold it, before one that is not", async () => {
    const backends = [embedder("small", 256), embedder("unknown", undefined), embedder("large", 8_192)];
    const runtime = createRuntime({ backends, defaults });
    const chain = chainOf({ handler: "embedding" });
    for (const [tokens, backend] of [
      [256, "small"],
      [257, "unknown"],
      [3_000, "large"],
    ] as const) {
      expect((await runtime.embed(words(tokens))).backend).toBe(backend);
      expect((await runtime.run(chain, words(tokens))).steps[0]?.backend).toBe(backend);
      const { providerMetadata } = await runtime.embeddingModel("e").doEmbed({ values: ["a", words(tokens)] });
      expect(providerMetadata?.catenary?.backend).toBe(backend);
    }
  });

  test("goes nowhere else for its length than to the model that is named first, and is not refused", async () => {
    const backends = [embedder("small", 256), embedder("large", 8_192, {}, "f")];
    const runtime = createRuntime({ backends, defaults });
    expect((await runtime.embed(words(300), { models: ["e", "f"] })).backend).toBe("small");
    expect((await runtime.embed(words(10_000))).backend).toBe("small");
  });

  test("is set aside of the minute's tokens, a list of them with all that it has", async () => {
    const backends = [embedder("a", undefined, { tokensPerMinute: 1_000, queueLength: 0 }), embedder("b", undefined)];
    const runtime = createRuntime({ backends, defaults });
    const model = runtime.embeddingModel("e");
    await model.doEmbed({ values: ["a"] });
    const first = model.doEmbed({ values: [words(300), words(300)] });
    const second = model.doEmbed({ values: [words(300), words(300)] });
    const taken = await Promise.all([first, second]);
    expect(taken.map(({ providerMetadata }) => providerMetadata?.catenary?.backend)).toEqual(["a", "b"]);
  });
});
