import { createFakeOllama } from "@catenary/testing";
import { describeBackend } from "@catenary/testing/conformance";
import { serve } from "@catenary/testing/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ollama, ollamaType } from "./ollama.ts";

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

describe("how routing treats a server", () => {
  it("is one call at a time with a long line, unless the settings or a record say otherwise", () => {
    const usual = { concurrency: 1, queueLength: 512, queueTimeoutMs: 600_000, firstTokenTimeoutMs: 120_000 };
    expect(ollama().routing).toEqual(usual);
    expect(ollama({ routing: { concurrency: 4, priority: 1 } }).routing).toEqual({
      ...usual,
      concurrency: 4,
      priority: 1,
    });
    const record = { id: "x", routing: { weight: 3 }, prune: true };
    expect(ollamaType.open(record, { fetch })).toMatchObject({ routing: { ...usual, weight: 3 }, prune: true });
  });

  it("is refused where it cannot be meant", () => {
    expect(() => ollama({ routing: { concurrency: 0 } })).toThrow(
      expect.objectContaining({ code: "settings_invalid" }),
    );
  });
});

it("deletes nothing by itself, and says how a model that it lacks is fetched", () => {
  expect(ollama().prune).toBe(false);
  expect(ollama({ prune: true }).prune).toBe(true);
  expect(ollama().missingModelHint?.("llama3")).toBe(
    'run: ollama pull llama3, or have it fetched: declare it and give createRuntime({ pull: "missing" })',
  );
});
