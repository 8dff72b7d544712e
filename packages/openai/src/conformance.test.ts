import { createFakeOpenAI } from "@catenary/testing";
import { describeBackend } from "@catenary/testing/conformance";
import { serve } from "@catenary/testing/node";
import { afterAll, beforeAll } from "vitest";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import { vllm } from "./vllm.ts";

const subject = {
  chatModel: "chatty",
  embeddingModel: "vectors",
  supports: { tools: true, structuredOutput: true, topK: false },
};
const models = ["chatty", { id: "vectors", embeds: true, dimensions: 8 }];
const declared = { vectors: { capabilities: { embed: true } } };

const forOpenAI = createFakeOpenAI({ models, apiKey: "sk-test" });
describeBackend("openai() on a fake server in the process", {
  ...subject,
  server: forOpenAI,
  create: () => openai({ apiKey: "sk-test", models: declared, fetch: forOpenAI }),
});

const forVllm = createFakeOpenAI({ models, dialect: "vllm" });
describeBackend("vllm() on a fake server in the process", {
  ...subject,
  supports: { ...subject.supports, topK: true },
  server: forVllm,
  create: () => vllm({ baseUrl: "http://vllm.test:8000", models: declared, fetch: forVllm }),
});

const forOldVllm = createFakeOpenAI({ models, dialect: "vllm-flat" });
describeBackend("vllm() on a fake server with vLLM's older errors", {
  ...subject,
  server: forOldVllm,
  create: () => vllm({ baseUrl: "http://vllm.test:8000/v1/", models: declared, fetch: forOldVllm }),
});

const onSocket = createFakeOpenAI({ models, apiKey: "secret" });
let served: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  served = await serve(onSocket);
});
afterAll(() => served.close());

describeBackend("openai() on a fake server behind a socket", {
  ...subject,
  server: onSocket,
  skip: [
    {
      test: "does not end a stream that breaks off as if it were whole",
      reason:
        "the AI SDK reads the first event before it hands the stream over, so the call itself may reject; see openai.test.ts",
    },
  ],
  create: () => openai({ apiKey: "secret", baseUrl: `${served.url}/v1`, models: declared }),
});
describeBackend("openaiCompatible() on a fake server behind a socket", {
  ...subject,
  server: onSocket,
  create: () =>
    openaiCompatible({
      id: "other",
      apiKey: "secret",
      baseUrl: `${served.url}/v1`,
      structuredOutput: true,
      models: declared,
    }),
});
