import { describeBackend } from "@catenary/testing/conformance";
import { describe, expect, test } from "vitest";
import { openai, openaiCompatible, vllm } from "../src/index.ts";
import { notRun, realModels, realUrl, whyNotRun } from "./real-ollama.ts";

const reason = await whyNotRun();
if (reason !== undefined) notRun("@catenary/openai on a real server", reason);

const declared = { [realModels.embedding]: { capabilities: { embed: true, chat: false } } };
const subject = {
  chatModel: realModels.chat,
  embeddingModel: realModels.embedding,
  maxOutputTokens: 8,
  timeoutMs: 60_000,
};

describe.skipIf(reason !== undefined)("with a real Ollama, which speaks OpenAI's protocol too", () => {
  describeBackend("openaiCompatible()", {
    ...subject,
    supports: { structuredOutput: true, topK: false },
    create: () => openaiCompatible({ id: "real", baseUrl: realUrl, structuredOutput: true, models: declared }),
  });

  const backend = () => openaiCompatible({ id: "real", baseUrl: realUrl });
  const ask = (text: string) => ({ prompt: [{ role: "user" as const, content: [{ type: "text" as const, text }] }] });

  // The whole suite for one of the three is enough: they differ only in how they are set up.
  test.each([
    ["openai()", openai({ apiKey: "not-looked-at", baseUrl: realUrl })],
    ["vllm()", vllm({ baseUrl: realUrl.replace(/\/v1$/, "") })],
  ])("%s answers, streams, embeds and lists there too", async (_name, other) => {
    const options = { ...ask("Say hi."), maxOutputTokens: 4, temperature: 0, topK: 1 };
    const { content } = await other.languageModel(realModels.chat).doGenerate(options);
    const { stream } = await other.languageModel(realModels.chat).doStream(options);
    let streamed = "";
    for await (const part of stream) if (part.type === "text-delta") streamed += part.delta;
    expect(content).toMatchObject([{ type: "text", text: streamed }]);
    expect((await other.embeddingModel(realModels.embedding).doEmbed({ values: ["a"] })).embeddings[0]).toHaveLength(
      384,
    );
    expect((await other.listModels()).map(({ id }) => id)).toContain(realModels.chat);
  });

  test("an answer that is cut ends with `length`, and its tokens are counted", async () => {
    const { finishReason, usage } = await backend()
      .languageModel(realModels.chat)
      .doGenerate({ ...ask("Count to ten."), maxOutputTokens: 2 });
    expect(finishReason.unified).toBe("length");
    expect(usage.outputTokens.total).toBe(2);
  });

  test("vectors have the model's length", async () => {
    const { embeddings, usage } = await backend()
      .embeddingModel(realModels.embedding)
      .doEmbed({ values: ["a cat", "a dog"] });
    expect(embeddings.map((vector) => vector.length)).toEqual([384, 384]);
    expect(usage?.tokens).toBeGreaterThan(0);
  });

  test("a model that cannot chat is refused in the server's words", async () => {
    const call = backend().languageModel(realModels.embedding).doGenerate(ask("hi"));
    await expect(call).rejects.toMatchObject({ status: 400, failure: "bad_request" });
    await expect(call).rejects.toThrow("does not support chat");
  });

  test("a wrong address is told from a missing model", async () => {
    const wrong = openaiCompatible({ id: "real", baseUrl: `${realUrl}/nowhere` });
    await expect(wrong.listModels()).rejects.toThrow(/answered with status 404: 404 page not found/);
  });
});
