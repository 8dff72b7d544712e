import { createFakeOllama } from "@catenary/testing";
import { describeBackend } from "@catenary/testing/conformance";
import { serve } from "@catenary/testing/node";
import { afterAll, beforeAll } from "vitest";
import { ollama } from "./ollama.ts";

const subject = {
  chatModel: "llama3.2",
  embeddingModel: "nomic-embed-text",
  supports: { tools: true, structuredOutput: true },
};

const inProcess = createFakeOllama();
describeBackend("ollama() on a fake server in the process", {
  ...subject,
  server: inProcess,
  create: () => ollama({ fetch: inProcess }),
});

const onSocket = createFakeOllama();
let served: Awaited<ReturnType<typeof serve>>;
beforeAll(async () => {
  served = await serve(onSocket);
});
afterAll(() => served.close());
describeBackend("ollama() on a fake server behind a socket", {
  ...subject,
  server: onSocket,
  create: () => ollama({ baseUrl: served.url }),
});
