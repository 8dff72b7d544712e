import { createGoogle } from "@ai-sdk/google";
import { createFakeGemini } from "@catenary/testing";
import { describeBackend } from "@catenary/testing/conformance";
import { serve } from "@catenary/testing/node";
import { createGoogleGenerativeAI as createGoogleV2 } from "ai-sdk-google-v2";
import { createGoogleGenerativeAI as createGoogleV3 } from "ai-sdk-google-v3";
import { afterAll, beforeAll } from "vitest";
import { fromAISDK } from "../src/from-ai-sdk.ts";
import { NO_EVENTS_ARE_DROPPED } from "./no-events.ts";

const server = createFakeGemini({ apiKey: "key-of-a-test" });
let served: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  served = await serve(server);
});
afterAll(() => served.close());

for (const [version, create] of [
  ["v4", createGoogle],
  ["v3", createGoogleV3],
  ["v2", createGoogleV2],
] as const) {
  describeBackend(`fromAISDK() of Google's provider of specification ${version}, on a fake server behind a socket`, {
    chatModel: "gemini-2.5-flash",
    embeddingModel: "gemini-embedding-001",
    supports: { tools: true, structuredOutput: true },
    server,
    skip: NO_EVENTS_ARE_DROPPED,
    create: () =>
      fromAISDK(create({ baseURL: `${served.url}/v1beta`, apiKey: "key-of-a-test" }), {
        id: "google",
        models: ["gemini-2.5-flash", { id: "gemini-embedding-001", capabilities: { embed: true } }],
      }),
  });
}
