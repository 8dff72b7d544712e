import { createRuntime, defineChain, type StepRecord } from "@catenary/core";
import { createFakeOllama } from "@catenary/testing";
import { describe, expect, it } from "vitest";
import { ollama } from "../src/ollama.ts";
import { notRun, realModels, realUrl, whyNotRun } from "./real-server.ts";

const reason = await whyNotRun();
if (reason !== undefined) notRun("structured results on a real Ollama", reason);

const sort = defineChain({
  id: "sort",
  tasks: {
    read: {
      handler: "raw_string",
      promptTemplate: "Is this message good or bad news? Give a mood and a score from 0 to 10.\n\n{{.input}}",
      executeConfig: { maxTokens: 60, seed: 1 },
      output: {
        type: "object",
        properties: { mood: { enum: ["good", "bad"] }, score: { type: "integer" } },
        required: ["mood", "score"],
        additionalProperties: false,
      },
    },
  },
});
const word = defineChain({
  id: "word",
  tasks: {
    read: {
      handler: "raw_string",
      promptTemplate: "Answer yes or no: is water wet?",
      executeConfig: { maxTokens: 30, seed: 1 },
      output: { type: "string", enum: ["yes", "no"] },
    },
  },
});

const rungs = ([step]: readonly StepRecord[]) => step?.structured?.map(({ rung, result }) => `${rung} ${result}`);

describe("a task with an output schema", () => {
  it("gives the schema to the server", async () => {
    const server = createFakeOllama({ models: [{ name: "m", capabilities: ["completion"] }] });
    const runtime = createRuntime({ backends: [ollama({ fetch: server })] });
    const { output, steps } = await runtime.run(sort, "We won!");
    expect(["good", "bad"]).toContain(output.mood);
    expect(rungs(steps)).toEqual(["native accepted"]);
    const bodies = server.requests.map(({ body }) => body);
    expect(bodies).toContainEqual(expect.objectContaining({ format: expect.objectContaining({ type: "object" }) }));
  });
});

describe.skipIf(reason !== undefined)("with a real Ollama", () => {
  const runtime = () =>
    createRuntime({ backends: [ollama({ baseUrl: realUrl, keepAlive: -1 })], defaults: { model: realModels.chat } });

  it("a small model is held to a schema by the server", { timeout: 60_000 }, async () => {
    const { output, steps } = await runtime().run(sort, "The test suite is green.");
    expect(["good", "bad"]).toContain(output.mood);
    expect(Number.isInteger(output.score)).toBe(true);
    expect(rungs(steps)).toEqual(["native accepted"]);
  });

  it("a small model answers with a word where no object is wanted", { timeout: 60_000 }, async () => {
    const { output, steps } = await runtime().run(word, "");
    expect(["yes", "no"]).toContain(output);
    expect(steps[0]?.outcome).toBe(output);
    expect(rungs(steps)).toEqual(["native accepted"]);
  });
});
