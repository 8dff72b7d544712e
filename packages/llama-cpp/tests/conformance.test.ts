import { describeBackend } from "@catenary/testing/conformance";
import { afterAll, expect, test } from "vitest";
import { type LlamaBackend, llamaCpp } from "../src/llama-cpp.ts";
import { scriptedFile } from "./fixtures/fixture-files.ts";
import { notRun, whyNotRun } from "./fixtures/why-not-run.ts";

const reason = await whyNotRun();
const opened: LlamaBackend[] = [];

afterAll(async () => {
  await Promise.all(opened.map((backend) => backend.close()));
});

/** A fresh backend, the file of whose models stay in memory from test to test. */
function create(): LlamaBackend {
  const backend = llamaCpp({
    gpu: false,
    threads: 1,
    models: {
      talker: scriptedFile({ script: ["hi", " to", " you", " all"], isEndless: true, contextLength: 1024 }),
      caller: scriptedFile({ script: ["||call: "], once: { byte: "3", say: "It is warm." }, contextLength: 2048 }),
      reader: scriptedFile({ script: ["hi"], isEmbedding: true }),
    },
  });
  opened.push(backend);
  return backend;
}

if (reason === undefined) {
  describeBackend("a backend of GGUF files", {
    create,
    chatModel: "talker",
    embeddingModel: "reader",
    supports: { structuredOutput: true },
  });
  describeBackend("a backend whose model calls tools", {
    create,
    chatModel: "caller",
    supports: { tools: true, structuredOutput: true },
    maxOutputTokens: 64,
  });
} else {
  test("tells why nothing runs", () => {
    notRun("the conformance of @catenary/llama-cpp", reason);
    expect(reason).not.toBe("");
  });
}
