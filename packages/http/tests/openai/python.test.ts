import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { defineChain } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { serveOpenAI } from "./serve-openai.ts";

const run = promisify(execFile);
// A Python that has the package `openai`; the one on the path is asked where nothing is said.
const python = process.env.CATENARY_PYTHON ?? "python3";
const hasClient = await run(python, ["-c", "import openai"]).then(
  () => true,
  () => false,
);

const chain = defineChain({
  id: "respond",
  input: "openai_chat",
  tasks: {
    ask: { handler: "model_execution", executeConfig: { model: "scripted" }, next: "convert" },
    convert: { handler: "convert_to_openai_chat_response" },
  },
});

// Skipped where there is no Python with the client: nothing else here needs one.
test.skipIf(!hasClient)(
  "OpenAI's client for Python reads answers, streams, tool calls, vectors and errors",
  async () => {
    const replies = [1, 2].flatMap(() => [
      "A whole.",
      { chunks: ["in", " pieces"] },
      { toolCalls: [{ id: "c1", name: "f", args: { a: 1 } }] },
    ]);
    const backend = scriptedBackend({ replies: [...replies, { embedding: [0.5, -1] }] });
    await using served = await serveOpenAI({ backends: [backend], chains: [chain] });
    const script = fileURLToPath(new URL("python-client.py", import.meta.url));
    const { stdout } = await run(python, [script, served.url]);
    const answers = [
      ["assistant", "A whole.", "scripted", true],
      { text: "in pieces", total: expect.any(Number) },
      ["tool_calls", "c1", "f", '{"a":1}'],
    ];
    expect(JSON.parse(stdout)).toEqual({
      models: ["scripted"],
      routed: answers,
      chain: answers,
      vector: [0.5, -1],
      unknown: "model_not_found",
      refused: "bad_request",
    });
  },
  30_000,
);
