import type { LanguageModelCallOptions, LanguageModelPrompt } from "@catenary/core";
import { createFakeOllama } from "@catenary/testing";
import { ollama } from "../src/ollama.ts";
import type { OllamaSettings } from "../src/settings.ts";

/** A prompt of one user message. */
export const question = (text: string): LanguageModelPrompt => [{ role: "user", content: [{ type: "text", text }] }];

/** The body of the one request that a call makes, to a model that can do everything. */
export async function sentBy(call: Partial<LanguageModelCallOptions>, settings: OllamaSettings = {}): Promise<unknown> {
  const fake = createFakeOllama({
    models: [{ name: "llama3.2", capabilities: ["completion", "tools", "thinking", "vision"] }],
  });
  await ollama({ fetch: fake, ...settings })
    .languageModel("llama3.2")
    .doGenerate({ prompt: question("hi"), ...call });
  return fake.requests.at(-1)?.body;
}
