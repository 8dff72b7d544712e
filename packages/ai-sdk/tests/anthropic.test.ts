import { createAnthropic as createAnthropicV4 } from "@ai-sdk/anthropic";
import { describeBackend } from "@catenary/testing/conformance";
import { serve } from "@catenary/testing/node";
import { createAnthropic as createAnthropicV2 } from "ai-sdk-anthropic-v2";
import { createAnthropic as createAnthropicV3 } from "ai-sdk-anthropic-v3";
import { afterAll, beforeAll } from "vitest";
import { fromAISDK } from "../src/from-ai-sdk.ts";
import { createFakeAnthropic } from "./fake-anthropic/fake-anthropic.ts";
import { NO_EVENTS_ARE_DROPPED } from "./no-events.ts";

const server = createFakeAnthropic({ models: ["claude-3-5-haiku-latest"], apiKey: "sk-ant-test" });
let served: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  served = await serve(server);
});
afterAll(() => served.close());

for (const [version, create] of [
  ["v4", createAnthropicV4],
  ["v3", createAnthropicV3],
  ["v2", createAnthropicV2],
] as const) {
  describeBackend(`fromAISDK() of Anthropic's provider of specification ${version}, on a fake server behind a socket`, {
    chatModel: "claude-3-5-haiku-latest",
    supports: { tools: true, structuredOutput: true },
    server,
    skip: [
      ...NO_EVENTS_ARE_DROPPED,
      {
        test: "accepts sampling options",
        reason: "Anthropic knows no seed, and temperature and topP exclude each other",
      },
      {
        test: "sends sampling options",
        reason: "Anthropic knows no seed, and temperature and topP exclude each other",
      },
    ],
    create: () =>
      fromAISDK(create({ baseURL: `${served.url}/v1`, apiKey: "sk-ant-test" }), {
        id: "anthropic",
        models: ["claude-3-5-haiku-latest"],
      }),
  });
}
