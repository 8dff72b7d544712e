import { describeBackend } from "@catenary/testing/conformance";
import { describeLlama } from "./fixtures/describe-llama.ts";
import { scriptedFile } from "./fixtures/fixture-files.ts";
import { openBackend } from "./fixtures/open-backends.ts";

/** Whose models stay in memory from test to test only where something else holds them. */
const create = () =>
  openBackend({
    talker: scriptedFile({ script: ["hi", " to", " you", " all"], isEndless: true, contextLength: 1024 }),
    caller: scriptedFile({
      script: ["||call: "],
      isEndless: true,
      once: { byte: "3", say: "It is warm." },
      contextLength: 2048,
    }),
    reader: scriptedFile({ script: ["hi"], isEmbedding: true }),
  });

await describeLlama("the conformance of @catenary/llama-cpp", () => {
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
});
