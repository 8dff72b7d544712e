import { createFakeGemini } from "@catenary/testing";
import { describeBackend } from "@catenary/testing/conformance";
import { serve } from "@catenary/testing/node";
import { afterAll, beforeAll } from "vitest";
import { gemini } from "./gemini.ts";

const subject = {
  chatModel: "gemini-2.5-flash",
  embeddingModel: "gemini-embedding-001",
  supports: { tools: true, structuredOutput: true },
};

const inProcess = createFakeGemini({ apiKey: "key-of-a-test", pageSize: 1 });
describeBackend("gemini() on a fake server in the process", {
  ...subject,
  server: inProcess,
  create: () => gemini({ apiKey: "key-of-a-test", fetch: inProcess }),
});

const onSocket = createFakeGemini({ apiKey: "key-of-a-test" });
let served: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  served = await serve(onSocket);
});
afterAll(() => served.close());

describeBackend("gemini() on a fake server behind a socket", {
  ...subject,
  server: onSocket,
  create: () => gemini({ apiKey: "key-of-a-test", baseUrl: served.url }),
});
