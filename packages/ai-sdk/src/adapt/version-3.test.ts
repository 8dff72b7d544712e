import type { LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";
import type { LanguageModel, LanguageModelCallOptions, LanguageModelPrompt } from "@catenary/core";
import { createFakeOpenAI } from "@catenary/testing";
import { createAnthropic } from "ai-sdk-anthropic-v3";
import { createGoogleGenerativeAI } from "ai-sdk-google-v3";
import { createOpenAI } from "ai-sdk-openai-v3";
import { describe, expect, test } from "vitest";
import { PIXEL, partsOf, resultPrompt, textPrompt } from "../../tests/calls.ts";
import { createFakeAnthropic } from "../../tests/fake-anthropic/fake-anthropic.ts";
import { geminiWithImage, unfinishedOpenAI } from "../../tests/odd-servers.ts";
import { asLanguageModel } from "./as-language-model.ts";

const made = { backend: "b", model: "m" };
const openaiServer = createFakeOpenAI({ models: ["m"] });
const openai = asLanguageModel(createOpenAI({ apiKey: "k", fetch: openaiServer }).chat("m"), made);
const anthropicServer = createFakeAnthropic({ models: ["m"], apiKey: "k" });
const anthropic = asLanguageModel(createAnthropic({ apiKey: "k", fetch: anthropicServer })("m"), made);

async function sentTo(model: LanguageModel, options: Partial<LanguageModelCallOptions>): Promise<unknown> {
  const { warnings } = await model.doGenerate({ prompt: textPrompt, maxOutputTokens: 9, ...options });
  const server = model === openai ? openaiServer : anthropicServer;
  return { warnings, body: server.requests.at(-1)?.body };
}

describe("a model of specification v3", () => {
  test("says that it is of ours, and keeps its provider and its name", () => {
    expect(openai).toMatchObject({ specificationVersion: "v4", provider: "openai.chat", modelId: "m" });
    expect(Object.keys(openai.supportedUrls)).toEqual(["image/*"]);
  });

  test("tells why it stopped, in its model's word too, and how many tokens it took", async () => {
    openaiServer.reply("Yes.", "Yes.");
    const finishReason = { unified: "stop", raw: "stop" };
    const usage = { inputTokens: { total: 2 }, outputTokens: { total: 1 } };
    expect(await openai.doGenerate({ prompt: textPrompt })).toMatchObject({ finishReason, usage });
    expect((await partsOf(openai)).at(-1)).toMatchObject({ type: "finish", finishReason, usage });
  });

  test("that never says why it stopped was interrupted where it streamed, and stopped for another reason where it did not", async () => {
    const cut = asLanguageModel(createOpenAI({ apiKey: "k", fetch: unfinishedOpenAI }).chat("m"), made);
    expect((await partsOf(cut)).at(-1)).toMatchObject({ finishReason: { unified: "interrupted", raw: undefined } });
    expect(await cut.doGenerate({ prompt: textPrompt })).toMatchObject({ finishReason: { unified: "other" } });
  });

  test("that stopped for a reason of its own was not interrupted", async () => {
    openaiServer.reply({ content: "Yes.", finishReason: "odd" });
    expect((await partsOf(openai)).at(-1)).toMatchObject({ finishReason: { unified: "other", raw: "odd" } });
  });

  test("gets files as it knows them: bytes, addresses and texts", async () => {
    const file = (data: object, mediaType: string): LanguageModelPrompt => [
      // Safe: each of the shapes is one of the specification.
      { role: "user", content: [{ type: "file", data, mediaType } as never] },
    ];
    const sent = async (prompt: LanguageModelPrompt) => JSON.stringify(await sentTo(openai, { prompt }));
    expect(await sent(file({ type: "data", data: PIXEL }, "image/png"))).toContain(`data:image/png;base64,${PIXEL}`);
    expect(await sent(file({ type: "url", url: new URL("https://x.test/a.png") }, "image"))).toContain("x.test/a.png");
    const prompt = file({ type: "text", text: "grüße" }, "text/plain");
    expect(JSON.stringify(await sentTo(anthropic, { prompt }))).toContain('"data":"grüße"');
    await expect(sent(file({ type: "reference", reference: { x: "1" } }, "image/png"))).rejects.toMatchObject({
      failure: "bad_request",
    });
  });

  test("may be reminded of a file that it gave, and of what its provider's own tool gave it", async () => {
    const image = { type: "file", data: { type: "data", data: PIXEL }, mediaType: "image/png" } as const;
    const server = { requests: [] as string[] };
    const google = createGoogleGenerativeAI({
      apiKey: "k",
      fetch: (input, init) => {
        server.requests.push(String(init?.body));
        return geminiWithImage(String(input), init);
      },
    });
    const prompt: LanguageModelPrompt = [...textPrompt, { role: "assistant", content: [image] }, ...textPrompt];
    await asLanguageModel(google("m"), made).doGenerate({ prompt });
    expect(server.requests.at(-1)).toContain(`"inlineData":{"mimeType":"image/png","data":"${PIXEL}"}`);

    const call = { toolCallId: "s1", toolName: "web_search" } as const;
    const found = [
      { type: "web_search_result", url: "https://x.test", title: "X", encryptedContent: "e", pageAge: null },
    ];
    await anthropic.doGenerate({
      tools: [{ type: "provider", id: "anthropic.web_search_20250305", name: "web_search", args: {} }],
      prompt: [
        ...textPrompt,
        {
          role: "assistant",
          content: [
            { type: "tool-call", ...call, input: { query: "x" }, providerExecuted: true },
            { type: "tool-result", ...call, output: { type: "json", value: found } },
          ],
        },
        ...textPrompt,
      ],
    });
    expect(anthropicServer.requests.at(-1)?.text).toContain('"type":"web_search_tool_result","tool_use_id":"s1"');
  });

  test("gets an image of a tool as an image, and another file as a file", async () => {
    const sent = async (...value: Extract<LanguageModelV4ToolResultOutput, { type: "content" }>["value"]) =>
      JSON.stringify(await sentTo(anthropic, { prompt: resultPrompt({ type: "content", value }) }));
    const source = `"source":{"type":"base64","media_type":"image/png","data":"${PIXEL}"}`;
    const data = { type: "data", data: PIXEL } as const;
    expect(await sent({ type: "file", mediaType: "image/png", data, filename: "a.png" })).toContain(
      `{"type":"image",${source}}`,
    );
    const url = { type: "url", url: new URL("https://x.test/a") } as const;
    expect(await sent({ type: "file", mediaType: "image", data: url })).toContain(
      '{"type":"image","source":{"type":"url","url":"https://x.test/a"}}',
    );
    expect(await sent({ type: "file", mediaType: "application/pdf", data: url })).toContain(
      '{"type":"document","source":{"type":"url","url":"https://x.test/a"}}',
    );
    const opaque = { type: "url", url: new URL("gs://b/A%20b"), originalUrl: "gs://b/A b" } as const;
    expect(await sent({ type: "file", mediaType: "image", data: opaque })).toContain('"url":"gs://b/A b"');
    const bytes = { type: "data", data: new Uint8Array([1, 2, 3]) } as const;
    expect(await sent({ type: "file", mediaType: "application/pdf", data: bytes })).toContain('"data":"AQID"');
    expect(await sent({ type: "file", mediaType: "text/plain", data: { type: "text", text: "plain" } })).toContain(
      '{"type":"text","text":"plain"}',
    );
    const named = { type: "reference", reference: { openai: "file-1" } } as const;
    expect(await sent({ type: "file", mediaType: "application/pdf", data: named })).toContain("file-id");
    expect(await sent({ type: "file", mediaType: "image/png", data: named })).toContain("image-file-id");
  });

  test("gets tools of its provider, strict tools and what a tool gave in every other form as ours do", async () => {
    const search = { type: "provider", id: "anthropic.web_search_20250305", name: "web_search", args: {} } as const;
    expect(await sentTo(anthropic, { tools: [search] })).toMatchObject({
      body: { tools: [{ type: "web_search_20250305" }] },
    });
    const tool = { type: "function", name: "f", inputSchema: { type: "object" }, strict: true } as const;
    expect(await sentTo(openai, { tools: [tool] })).toMatchObject({
      warnings: [],
      body: { tools: [{ type: "function", function: { name: "f", strict: true } }] },
    });
    const prompt = resultPrompt({ type: "execution-denied", reason: "not today" });
    expect(JSON.stringify(await sentTo(openai, { prompt }))).toContain("not today");
  });

  test("loses what its version has no words for, and the answer says so", async () => {
    const prompt: LanguageModelPrompt = [
      ...textPrompt,
      {
        role: "assistant",
        content: [
          { type: "custom", kind: "x.y" },
          { type: "text", text: "kept" },
        ],
      },
    ];
    const call = { prompt, reasoning: "low" } as const;
    const lost = [
      { type: "unsupported", feature: "reasoning" },
      { type: "unsupported", feature: "custom" },
    ];
    expect(await sentTo(openai, call)).toMatchObject({ warnings: lost });
    expect((await partsOf(openai, call)).at(0)).toMatchObject({ type: "stream-start", warnings: lost });
    expect(openaiServer.requests.at(-1)?.text).toContain("kept");
  });

  test("gives files in our shape, streamed or not", async () => {
    const google = asLanguageModel(createGoogleGenerativeAI({ apiKey: "k", fetch: geminiWithImage })("m"), made);
    const image = { type: "file", mediaType: "image/png", data: { type: "data", data: PIXEL } };
    expect((await google.doGenerate({ prompt: textPrompt })).content).toContainEqual(expect.objectContaining(image));
    expect(await partsOf(google)).toContainEqual(expect.objectContaining(image));
  });
});
