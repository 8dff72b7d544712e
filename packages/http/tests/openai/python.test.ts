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
const whyNotRun = await run(python, ["-c", "import openai"]).then(
  () => undefined,
  () => `${python} has no package openai; pip install openai, or name a Python that has it in CATENARY_PYTHON`,
);
if (whyNotRun !== undefined) {
  const isRequired = (process.env.CATENARY_REQUIRE ?? "").split(",").includes("python");
  if (isRequired) throw new Error(`OpenAI's client for Python is required, but cannot run: ${whyNotRun}`);
  console.log(`not run: OpenAI's client for Python: ${whyNotRun}`);
}

const chain = defineChain({
  id: "respond",
  input: "openai_chat",
  tasks: {
    ask: { handler: "model_execution", executeConfig: { model: "scripted" }, next: "convert" },
    convert: { handler: "convert_to_openai_chat_response" },
  },
});

test.skipIf(whyNotRun !== undefined)(
  `OpenAI's client for Python reads answers, streams, tool calls, vectors and errors${whyNotRun ? ` (not run: ${whyNotRun})` : ""}`,
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
