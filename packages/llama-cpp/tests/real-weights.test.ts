import { createRuntime, defineChain } from "@catenary/core";
import { expect, test } from "vitest";
import { textOf } from "../../testing/src/describe-backend/calls.ts";
import { ask } from "./fixtures/ask.ts";
import { describeLlama } from "./fixtures/describe-llama.ts";
import { openBackend } from "./fixtures/open-backends.ts";
import { realWeights } from "./fixtures/real-weights.ts";
import { notRun } from "./fixtures/why-not-run.ts";

const weights = realWeights();

if ("reason" in weights) {
  test("a real model (not run)", () => {
    notRun("a real model in the process", weights.reason);
    expect(weights.reason).not.toBe("");
  });
} else {
  await describeLlama("a real model in the process", () => {
    const backend = openBackend({ "smollm2:135m": weights.path });
    const model = backend.languageModel("smollm2:135m");

    test("is listed with what its file says", async () => {
      const [listed] = await backend.listModels();
      expect(listed).toMatchObject({
        id: "smollm2:135m",
        contextLength: 4096,
        capabilities: { chat: true, stream: true, structuredOutput: true, tools: false, embed: false },
        details: { architecture: "llama", sizeLabel: "135M" },
      });
    });

    test("answers a question, the same when it streams, and reads the same prompt only once", {
      timeout: 30_000,
    }, async () => {
      const call = ask("What is the capital of France? Answer in one sentence.", { maxOutputTokens: 24 });
      const whole = await model.doGenerate(call);
      expect(textOf(whole)).toMatch(/Paris/);
      // As the template in its file says: with the system text that it was trained with.
      expect(whole.usage.inputTokens.total).toBe(42);
      let streamed = "";
      const { stream } = await model.doStream(call);
      for await (const part of stream) if (part.type === "text-delta") streamed += part.delta;
      expect(streamed).toBe(textOf(whole));
      const again = await model.doGenerate(call);
      expect(again.usage.inputTokens.noCache).toBe(1);
    });

    test("counts tokens as it reads them", async () => {
      expect(await backend.tokens.count("The lighthouse stood on the rock.", "smollm2:135m")).toBe(7);
    });

    test("decides a chain's branch with the words that it may use", { timeout: 30_000 }, async () => {
      const chain = defineChain({
        id: "mood",
        input: "string",
        tasks: {
          judge: {
            handler: "condition_key",
            promptTemplate: "Is the mood of this text positive or negative?\n\nText: {{.input}}\nMood:",
            validConditions: { positive: true, negative: false },
          },
        },
      });
      const runtime = createRuntime({ backends: [backend], defaults: { model: "smollm2:135m" } });
      const { steps } = await runtime.run(chain, "I love it, this is the best day of my life!");
      expect(steps[0]?.outcome).toBe("positive");
    });
  });
}
