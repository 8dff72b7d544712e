import type { Backend, LanguageModel, LanguageModelResult, LanguageModelStreamPart } from "@catenary/core";

/** How many pieces a streamed answer has. */
export const PIECES = 1000;
export const SYSTEM = "You know everything about birds.";
export const PROMPT = "Say something about swifts.";
export const ANSWER = "Swifts sleep on the wing and may stay in the air for ten months at a time. ".repeat(3).trim();

const usage = {
  inputTokens: { total: 14, noCache: 14, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 51, text: 51, reasoning: 0 },
};
const finishReason = { unified: "stop", raw: "stop" } as const;

const parts: readonly LanguageModelStreamPart[] = [
  { type: "stream-start", warnings: [] },
  { type: "text-start", id: "0" },
  ...Array.from({ length: PIECES }, (_, i) => ({ type: "text-delta" as const, id: "0", delta: `word${i % 10} ` })),
  { type: "text-end", id: "0" },
  { type: "finish", finishReason, usage },
];

/** What the streamed pieces are together. */
export const STREAMED = parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");

/** A model's answer. */
export function answerOf(text: string): LanguageModelResult {
  return { content: [{ type: "text", text }], finishReason, usage, warnings: [] };
}

/** A model in this process that answers at once, always the same. */
export const mock: LanguageModel = {
  specificationVersion: "v4",
  provider: "mock",
  modelId: "mock",
  supportedUrls: {},
  doGenerate: async () => answerOf(ANSWER),
  doStream: async () => {
    let next = 0;
    const stream = new ReadableStream<LanguageModelStreamPart>({
      pull(controller) {
        const part = parts[next++];
        if (part === undefined) controller.close();
        else controller.enqueue(part);
      },
    });
    return { stream };
  },
};

export const mockBackend: Backend = {
  id: "mock",
  type: "mock",
  listModels: async () => [{ id: "mock" }],
  languageModel: () => mock,
};
