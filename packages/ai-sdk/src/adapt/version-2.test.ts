import type { LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";
import type { LanguageModel, LanguageModelCallOptions, LanguageModelPrompt } from "@catenary/core";
import { createFakeOpenAI } from "@catenary/testing";
import { createAnthropic } from "ai-sdk-anthropic-v2";
import { createGoogleGenerativeAI } from "ai-sdk-google-v2";
import { createOpenAI } from "ai-sdk-openai-v2";
import { describe, expect, test } from "vitest";
import { PIXEL, partsOf, resultPrompt, textPrompt } from "../../tests/calls.ts";
import { createFakeAnthropic } from "../../tests/fake-anthropic/fake-anthropic.ts";
import { countingOpenAI, geminiWithImage, unfinishedOpenAI } from "../../tests/odd-servers.ts";
import { asLanguageModel } from "./as-language-model.ts";

const made = { backend: "b", model: "m" };
const openaiServer = createFakeOpenAI({ models: ["m"] });
const openai = asLanguageModel(createOpenAI({ apiKey: "k", fetch: openaiServer }).chat("m"), made);
const anthropicServer = createFakeAnthropic({ models: ["m"], apiKey: "k" });
const anthropic = asLanguageModel(createAnthropic({ apiKey: "k", fetch: anthropicServer })("m"), made);

async function sentTo(model: LanguageModel, options: Partial<LanguageModelCallOptions>): Promise<unknown> {
  const { warnings } = await model.doGenerate({ prompt: textPrompt, ...options });
  const server = model === openai ? openaiServer : anthropicServer;
  return { warnings, body: server.requests.at(-1)?.body };
}

describe("a model of specification v2", () => {
  test("says that it is of ours, and keeps its provider and its name", () => {
    expect(openai).toMatchObject({ specificationVersion: "v4", provider: "openai.chat", modelId: "m" });
    expect(Object.keys(openai.supportedUrls)).toEqual(["image/*"]);
  });

  test("tells why it stopped and how many tokens it took in our shape, streamed or not", async () => {
    openaiServer.reply("Yes.", "Yes.");
    const usage = {
      inputTokens: { total: 2, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
      outputTokens: { total: 1, text: undefined, reasoning: undefined },
      raw: { totalTokens: 3 },
    };
    const finishReason = { unified: "stop", raw: undefined };
    expect(await openai.doGenerate({ prompt: textPrompt })).toMatchObject({ finishReason, usage });
    const parts = await partsOf(openai);
    expect(parts.at(-1)).toMatchObject({ type: "finish", finishReason, usage });
  });

  test("tells the cached tokens and those of its reasoning", async () => {
    const counting = asLanguageModel(createOpenAI({ apiKey: "k", fetch: countingOpenAI }).chat("m"), made);
    expect((await counting.doGenerate({ prompt: textPrompt })).usage).toEqual({
      inputTokens: { total: 10, noCache: undefined, cacheRead: 4, cacheWrite: undefined },
      outputTokens: { total: 7, text: undefined, reasoning: 5 },
      raw: { totalTokens: 17 },
    });
  });

  test("has its warnings in our words", async () => {
    const { warnings } = await openai.doGenerate({ prompt: textPrompt, topK: 3 });
    expect(warnings).toEqual([{ type: "unsupported", feature: "topK" }]);
    expect((await partsOf(openai, { topK: 3 })).at(0)).toEqual({
      type: "stream-start",
      warnings: [{ type: "unsupported", feature: "topK" }],
    });
  });

  test("that never says why it stopped was interrupted where it streamed, and stopped for another reason where it did not", async () => {
    const cut = asLanguageModel(createOpenAI({ apiKey: "k", fetch: unfinishedOpenAI }).chat("m"), made);
    expect((await partsOf(cut)).at(-1)).toMatchObject({ finishReason: { unified: "interrupted", raw: undefined } });
    expect(await cut.doGenerate({ prompt: textPrompt })).toMatchObject({
      finishReason: { unified: "other", raw: undefined },
    });
  });

  test("gets files as it knows them: bytes, addresses and texts", async () => {
    const file = (data: object, mediaType: string): LanguageModelPrompt => [
      // Safe: each of the shapes is one of the specification.
      { role: "user", content: [{ type: "file", data, mediaType } as never] },
    ];
    const urlOf = async (prompt: LanguageModelPrompt) => JSON.stringify(await sentTo(openai, { prompt }));
    expect(await urlOf(file({ type: "data", data: PIXEL }, "image/png"))).toContain(`data:image/png;base64,${PIXEL}`);
    expect(await urlOf(file({ type: "data", data: new Uint8Array([1, 2, 3]) }, "image/png"))).toContain("AQID");
    expect(await urlOf(file({ type: "url", url: new URL("https://x.test/a.png") }, "image"))).toContain(
      '"url":"https://x.test/a.png"',
    );
    const prompt = file({ type: "text", text: "grüße" }, "text/plain");
    expect(JSON.stringify(await sentTo(anthropic, { prompt }))).toContain('"data":"grüße"');
    await expect(
      urlOf(file({ type: "reference", reference: { openai: "file-1" } }, "image/png")),
    ).rejects.toMatchObject({
      failure: "bad_request",
    });
  });

  test("gets what a tool gave as texts and media", async () => {
    const sent = async (output: LanguageModelV4ToolResultOutput) =>
      JSON.stringify(await sentTo(anthropic, { prompt: resultPrompt(output) }));
    expect(await sent({ type: "text", value: "31 degrees" })).toContain('"content":"31 degrees"');
    expect(await sent({ type: "json", value: { degrees: 31 } })).toContain('{\\"degrees\\":31}');
    expect(await sent({ type: "error-text", value: "no such city" })).toContain('"is_error":true');
    expect(await sent({ type: "execution-denied", reason: "not today" })).toContain('"content":"not today"');
    const image = { type: "file", mediaType: "image/png", data: { type: "data", data: PIXEL } } as const;
    expect(await sent({ type: "content", value: [{ type: "text", text: "see" }, image] })).toContain(
      `{"type":"text","text":"see"},{"type":"image","source":{"type":"base64","media_type":"image/png","data":"${PIXEL}"}}`,
    );
    const address = { ...image, data: { type: "url", url: new URL("https://x.test/a.png") } } as const;
    expect(await sent({ type: "content", value: [address] })).toContain(
      '{"type":"text","text":"https://x.test/a.png"}',
    );
  });

  test("gets tools of its provider under the name that it has for them, and is told what of a tool is lost", async () => {
    const search = {
      type: "provider",
      id: "anthropic.web_search_20250305",
      name: "web_search",
      args: { maxUses: 2 },
    } as const;
    expect(await sentTo(anthropic, { tools: [search], maxOutputTokens: 9 })).toMatchObject({
      body: { tools: [{ type: "web_search_20250305", name: "web_search", max_uses: 2 }] },
      warnings: [],
    });
    const strict = { type: "function", name: "f", inputSchema: { type: "object" }, strict: true } as const;
    expect(await sentTo(openai, { tools: [{ ...strict, inputExamples: [{ input: {} }] }] })).toMatchObject({
      warnings: [
        { type: "unsupported", feature: "strict" },
        { type: "unsupported", feature: "inputExamples" },
      ],
    });
  });

  test("is asked to choose a tool, and for an answer of a shape, as ours are", async () => {
    const tool = { type: "function", name: "f", inputSchema: { type: "object" } } as const;
    expect(await sentTo(openai, { tools: [tool], toolChoice: { type: "tool", toolName: "f" } })).toMatchObject({
      body: { tool_choice: { type: "function", function: { name: "f" } } },
    });
    const schema = { type: "object", properties: { a: { type: "string" } } } as const;
    expect(await sentTo(openai, { responseFormat: { type: "json", schema, name: "shape" } })).toMatchObject({
      body: { response_format: { type: "json_schema", json_schema: { name: "shape", schema } } },
    });
  });

  test("loses what its version has no words for, and the answer says so once, streamed or not", async () => {
    const prompt: LanguageModelPrompt = [
      ...textPrompt,
      {
        role: "assistant",
        content: [
          { type: "custom", kind: "x.y" },
          { type: "custom", kind: "x.z" },
          { type: "reasoning-file", mediaType: "image/png", data: { type: "data", data: PIXEL } },
          { type: "text", text: "kept" },
        ],
      },
      { role: "tool", content: [{ type: "tool-approval-response", approvalId: "a", approved: true }] },
    ];
    const lost = ["reasoning", "custom", "reasoning-file", "tool-approval-response"];
    const { warnings } = await openai.doGenerate({ prompt, reasoning: "high" });
    expect(warnings.map((warning) => "feature" in warning && warning.feature)).toEqual(lost);
    const [start] = await partsOf(openai, { prompt, reasoning: "high" });
    expect(start).toMatchObject({ type: "stream-start", warnings: lost.map((feature) => ({ feature })) });
    expect(openaiServer.requests.at(-1)?.text).toContain("kept");
    expect(await sentTo(openai, { reasoning: "provider-default" })).toMatchObject({ warnings: [] });
  });

  test("gives files and its provider's own tool results in our shape, streamed or not", async () => {
    const google = asLanguageModel(createGoogleGenerativeAI({ apiKey: "k", fetch: geminiWithImage })("m"), made);
    const image = { type: "file", mediaType: "image/png", data: { type: "data", data: PIXEL } };
    expect((await google.doGenerate({ prompt: textPrompt })).content).toContainEqual(image);
    expect(await partsOf(google)).toContainEqual(image);

    const found = [
      { type: "web_search_result", url: "https://x.test", title: "X", encrypted_content: "e", page_age: null },
    ];
    anthropicServer.reply([
      { type: "server_tool_use", id: "s1", name: "web_search", input: { query: "x" } },
      { type: "web_search_tool_result", tool_use_id: "s1", content: found },
    ]);
    const tools = [{ type: "provider", id: "anthropic.web_search_20250305", name: "web_search", args: {} } as const];
    const { content } = await anthropic.doGenerate({ prompt: textPrompt, tools });
    const result = content.find((part) => part.type === "tool-result");
    expect(result).toMatchObject({ toolCallId: "s1", toolName: "web_search", result: [{ url: "https://x.test" }] });
    expect(result).not.toHaveProperty("providerExecuted");
  });

  test("keeps what it thought, with what its provider needs to know it again", async () => {
    const thought = [
      { type: "thinking", thinking: "hm", signature: "sig" },
      { type: "text", text: "Yes." },
    ];
    anthropicServer.reply(thought, thought);
    const { content } = await anthropic.doGenerate({ prompt: textPrompt });
    expect(content[0]).toEqual({
      type: "reasoning",
      text: "hm",
      providerMetadata: { anthropic: { signature: "sig" } },
    });
    const parts = await partsOf(anthropic);
    expect(parts.filter(({ type }) => type === "reasoning-delta")).toHaveLength(2);
    const reasoning = { type: "reasoning", text: "hm", providerOptions: { anthropic: { signature: "sig" } } } as const;
    await anthropic.doGenerate({
      prompt: [...textPrompt, { role: "assistant", content: [reasoning] }, ...textPrompt],
    });
    expect(anthropicServer.requests.at(-1)?.text).toContain('"signature":"sig"');
  });
});
