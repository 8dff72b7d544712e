import { createOpenAI } from "@ai-sdk/openai";
import { defineChain } from "@catenary/core";
import { type ScriptedReply, scriptedBackend } from "@catenary/testing";
import { embedMany, generateText, Output, stepCountIs, streamText, tool } from "ai";
import { expect, test } from "vitest";
import { z } from "zod";
import { serveOpenAI } from "./serve-openai.ts";

const chain = defineChain({
  id: "respond",
  input: "openai_chat",
  tasks: {
    ask: { handler: "model_execution", executeConfig: { model: "scripted" }, next: "convert" },
    convert: { handler: "convert_to_openai_chat_response" },
  },
});

async function serve(...replies: readonly ScriptedReply[]) {
  const capabilities = { chat: true, embed: true, structuredOutput: true, tools: true };
  const backend = scriptedBackend({ replies, models: [{ id: "scripted", capabilities }] });
  const served = await serveOpenAI({ backends: [backend], chains: [chain] });
  const openai = createOpenAI({ baseURL: `${served.url}/v1`, apiKey: "none" });
  const chains = createOpenAI({ baseURL: `${served.url}/openai/respond/v1`, apiKey: "none" });
  return { ...served, backend, models: { routed: openai.chat("scripted"), chain: chains.chat("m") }, openai };
}

test.each(["routed", "chain"] as const)("generateText and streamText read the answers of a %s model", async (kind) => {
  await using served = await serve("A whole.", { chunks: ["in", " pie", "ces"] });
  const model = served.models[kind];
  const whole = await generateText({ model, prompt: "q" });
  expect(whole.text).toBe("A whole.");
  expect(whole.finishReason).toBe("stop");
  const pieces: string[] = [];
  const streamed = streamText({ model, prompt: "q" });
  for await (const piece of streamed.textStream) pieces.push(piece);
  // A reader that is slow gets larger pieces of a run.
  expect(pieces.join("")).toBe("in pieces");
  expect((await streamed.usage).outputTokens).toBeGreaterThan(0);
});

test.each(["routed", "chain"] as const)("a tool loop goes through a %s model and ends", async (kind) => {
  await using served = await serve(
    { toolCalls: [{ id: "c1", name: "weather", args: { city: "Rome" } }] },
    "It is sunny in Rome.",
  );
  const weather = tool({
    description: "Tells the weather",
    inputSchema: z.object({ city: z.string() }),
    execute: async ({ city }) => `sunny in ${city}`,
  });
  const { text, steps } = await generateText({
    model: served.models[kind],
    prompt: "Rome?",
    tools: { weather },
    stopWhen: stepCountIs(3),
  });
  expect(text).toBe("It is sunny in Rome.");
  expect(steps).toHaveLength(2);
  expect(served.backend.calls[1]).toMatchObject({
    prompt: [{ role: "user" }, { role: "assistant" }, { role: "tool", content: [{ toolCallId: "c1" }] }],
  });
});

test.each(["routed", "chain"] as const)("an object of a schema comes out of a %s model", async (kind) => {
  await using served = await serve('{"city":"Rome","degrees":21}');
  const schema = z.object({ city: z.string(), degrees: z.number() });
  const { output } = await generateText({ model: served.models[kind], prompt: "q", output: Output.object({ schema }) });
  expect(output).toEqual({ city: "Rome", degrees: 21 });
  expect(served.backend.calls[0]).toMatchObject({ responseFormat: { type: "json" } });
});

test("texts are embedded, and a model that is not there is told as that", async () => {
  await using served = await serve({
    embeddings: [
      [1, 2],
      [3, 4],
    ],
  });
  const { embeddings } = await embedMany({ model: served.openai.embedding("scripted"), values: ["a", "b"] });
  expect(embeddings).toEqual([
    [1, 2],
    [3, 4],
  ]);
  await expect(generateText({ model: served.openai.chat("none"), prompt: "q" })).rejects.toMatchObject({
    statusCode: 404,
    isRetryable: false,
  });
});
