import { describeBackend } from "@catenary/testing/conformance";
import { describe, expect, it } from "vitest";
import { ollama } from "../src/ollama.ts";
import { notRun, realModels, realUrl, whyNoChanges, whyNotRun } from "./real-server.ts";

const reason = await whyNotRun();
if (reason !== undefined) notRun("ollama() on a real server", reason);

const unchanged = whyNoChanges();
const unlessAllowed = unchanged === undefined ? "" : ` (not run: ${unchanged})`;

const create = () => ollama({ baseUrl: realUrl, keepAlive: -1 });

describe.skipIf(reason !== undefined)("with a real Ollama", () => {
  describeBackend("ollama()", {
    create,
    chatModel: realModels.chat,
    embeddingModel: realModels.embedding,
    supports: { structuredOutput: true },
    maxOutputTokens: 4,
    timeoutMs: 60_000,
  });

  it("learns from the server what each model can do, and how long its context is", async () => {
    const models = new Map((await create().listModels()).map((model) => [model.id, model]));
    const chat = models.get(realModels.chat);
    expect(chat).toMatchObject({
      contextLength: 8192,
      capabilities: { chat: true, prompt: true, stream: true, structuredOutput: true, embed: false, tools: false },
      details: { family: "llama" },
    });
    expect(chat?.size).toBeGreaterThan(1e6);
    expect(chat?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(Date.parse(chat?.modifiedAt ?? "")).not.toBeNaN();
    expect(models.get(realModels.embedding)).toMatchObject({
      contextLength: 512,
      capabilities: { chat: false, embed: true },
    });
  });

  it("ends with `length` where the answer was cut", async () => {
    const { finishReason, usage } = await create()
      .languageModel(realModels.chat)
      .doGenerate({
        prompt: [{ role: "user", content: [{ type: "text", text: "Count to ten." }] }],
        maxOutputTokens: 2,
      });
    expect(finishReason).toEqual({ unified: "length", raw: "length" });
    expect(usage.outputTokens.total).toBe(2);
  });

  it("gives vectors of the model's length", async () => {
    const result = await create()
      .embeddingModel?.(realModels.embedding)
      .doEmbed({ values: ["a cat", ""] });
    expect(result?.embeddings.map((vector) => vector.length)).toEqual([384, 384]);
    expect(result?.usage?.tokens).toBeGreaterThan(0);
  });

  it("says of a model that cannot chat what the server says", async () => {
    const call = create()
      .languageModel(realModels.embedding)
      .doGenerate({ prompt: [{ role: "user", content: [{ type: "text", text: "hi" }] }] });
    await expect(call).rejects.toMatchObject({ status: 400, failure: "bad_request" });
    await expect(call).rejects.toThrow("does not support chat");
  });

  it.skipIf(unchanged !== undefined)(
    `deletes a model, and says of one that is not there how to get it${unlessAllowed}`,
    async () => {
      const name = "catenary-test-copy:latest";
      const copied = await fetch(`${realUrl}/api/copy`, {
        method: "POST",
        body: JSON.stringify({ source: realModels.embedding, destination: name }),
      });
      expect(copied.status).toBe(200);
      const backend = create();
      expect((await backend.listModels()).map((model) => model.id)).toContain(name);
      await backend.deleteModel?.(name);
      expect((await backend.listModels()).map((model) => model.id)).not.toContain(name);
      await expect(backend.deleteModel?.(name)).rejects.toMatchObject({
        status: 404,
        failure: "unavailable",
        reason: "model_not_found",
        message: expect.stringContaining(`Fetch it with \`ollama pull ${name}\``),
      });
    },
  );

  it("fails a pull with the server's words", async () => {
    // Nothing listens on port 1, so the pull leaves this machine for nowhere.
    const pull = ollama({ baseUrl: realUrl, insecurePulls: true }).pullModel?.("127.0.0.1:1/library/nothing:here");
    await expect(pull).rejects.toThrow(/could not pull.*connection refused/);
  });
});
