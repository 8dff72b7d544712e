import { createOpenAI as createOpenAIV4 } from "@ai-sdk/openai";
import { createFakeOpenAI } from "@catenary/testing";
import { describeBackend } from "@catenary/testing/conformance";
import { serve } from "@catenary/testing/node";
import { createOpenAI as createOpenAIV2 } from "ai-sdk-openai-v2";
import { createOpenAI as createOpenAIV3 } from "ai-sdk-openai-v3";
import { afterAll, beforeAll } from "vitest";
import { NO_EVENTS_ARE_DROPPED } from "../tests/no-events.ts";
import { fromAISDK } from "./from-ai-sdk.ts";
import type { AISDKSource } from "./provider.ts";

const server = createFakeOpenAI({
  models: ["chatty", { id: "vectors", embeds: true, dimensions: 8 }],
  apiKey: "sk-test",
});
let served: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  served = await serve(server);
});
afterAll(() => served.close());

type Connect = (address: { readonly baseURL: string; readonly apiKey: string }) => AISDKSource;

/** The chat models of a package of OpenAI's, which makes those of the responses API where it is not told otherwise. */
const versions: readonly (readonly [name: string, connect: Connect])[] = [
  [
    "v4",
    (address) => {
      const { chat, embeddingModel } = createOpenAIV4(address);
      return { languageModel: chat, embeddingModel };
    },
  ],
  [
    "v3",
    (address) => {
      const { chat, embeddingModel } = createOpenAIV3(address);
      return { languageModel: chat, embeddingModel };
    },
  ],
  [
    "v2",
    (address) => {
      const { chat, textEmbeddingModel } = createOpenAIV2(address);
      return { languageModel: chat, textEmbeddingModel };
    },
  ],
];

for (const [version, connect] of versions) {
  describeBackend(`fromAISDK() of OpenAI's provider of specification ${version}, on a fake server behind a socket`, {
    chatModel: "chatty",
    embeddingModel: "vectors",
    supports: { tools: true, structuredOutput: true, topK: false },
    server,
    skip: NO_EVENTS_ARE_DROPPED,
    create: () =>
      fromAISDK(connect({ baseURL: `${served.url}/v1`, apiKey: "sk-test" }), {
        id: "aisdk",
        models: ["chatty", { id: "vectors", capabilities: { embed: true } }],
      }),
  });
}
