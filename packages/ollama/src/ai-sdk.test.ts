import { createFakeOllama } from "@catenary/testing";
import { embedMany, generateText, isStepCount, Output, streamText, tool } from "ai";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { ollama } from "./ollama.ts";

describe("ollama()'s models under the AI SDK", () => {
  const fake = createFakeOllama();
  const backend = ollama({ fetch: fake });
  const model = backend.languageModel("llama3.2");

  it("generate and stream text", async () => {
    fake.reply("Good morning.", "Good evening.");
    expect((await generateText({ model, prompt: "Greet me." })).text).toBe("Good morning.");
    expect(await streamText({ model, prompt: "Greet me." }).text).toBe("Good evening.");
  });

  it("call a tool and go on with its result", async () => {
    fake.reply({ toolCalls: [{ name: "weather", arguments: { city: "Oslo" } }] }, "It is 31 degrees in Oslo.");
    const weather = tool({
      inputSchema: z.object({ city: z.string() }),
      execute: async ({ city }) => `${city}: 31 degrees`,
    });
    const { text } = await generateText({ model, prompt: "Oslo?", tools: { weather }, stopWhen: isStepCount(2) });
    expect(text).toBe("It is 31 degrees in Oslo.");
    expect(fake.requests.at(-1)?.text).toContain("Oslo: 31 degrees");
  });

  it("give an object that a schema describes", async () => {
    const schema = z.object({ verdict: z.enum(["yes", "no"]) });
    const { output } = await generateText({ model, prompt: "Is water wet?", output: Output.object({ schema }) });
    expect(output).toEqual({ verdict: "yes" });
  });

  it("embed many texts", async () => {
    const embedder = backend.embeddingModel?.("nomic-embed-text");
    if (embedder === undefined) throw new Error("ollama() makes no embedding model");
    expect((await embedMany({ model: embedder, values: ["a", "b"] })).embeddings).toHaveLength(2);
  });

  it("tell an error in a stream as a part, not by ending silently", async () => {
    fake.reply({ content: "Good", error: "out of memory" });
    const parts: string[] = [];
    for await (const part of streamText({ model, prompt: "Greet me.", onError: () => {} }).stream)
      parts.push(part.type);
    expect(parts).toContain("error");
  });
});
