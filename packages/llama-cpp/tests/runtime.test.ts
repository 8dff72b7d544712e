import { createRuntime, parseChain } from "@catenary/core";
import { generateText } from "ai";
import { expect, test } from "vitest";
import { describeLlama } from "./fixtures/describe-llama.ts";
import { scriptedFile } from "./fixtures/fixture-files.ts";
import { openBackend } from "./fixtures/open-backends.ts";

await describeLlama("chains on a model in the process", () => {
  // It knows nothing but its one sentence, so every right word below is the grammar's.
  const talker = () => scriptedFile({ script: ["I have", " no idea", " at all."], contextLength: 2048 });
  const open = () => {
    const backend = openBackend({ talker: talker(), reader: scriptedFile({ script: ["hi"], isEmbedding: true }) });
    return createRuntime({
      backends: [backend],
      defaults: { model: "talker", embedding: { model: "reader" } },
      tokens: backend.tokens,
    });
  };

  test("condition_key and the parsers get what they ask for, from a model that has no idea", async () => {
    const { chain } = parseChain({
      id: "held",
      tasks: [
        {
          id: "urgent",
          handler: "condition_key",
          prompt_template: "Is it urgent? {{.input}}",
          valid_conditions: { urgent: true, normal: false },
          transition: { branches: [{ operator: "default", goto: "number" }] },
        },
        {
          id: "number",
          handler: "parse_number",
          prompt_template: "How many?",
          transition: { branches: [{ operator: "default", goto: "score" }] },
        },
        {
          id: "score",
          handler: "parse_score",
          prompt_template: "How sure?",
          transition: { branches: [{ operator: "default", goto: "range" }] },
        },
        { id: "range", handler: "parse_range", prompt_template: "From where to where?", transition: { branches: [] } },
      ],
    });
    if (chain === undefined) throw new Error("the chain is one");
    const { steps, output } = await open().run(chain, "The site is down!");
    expect(steps.map(({ taskId }) => taskId)).toEqual(["urgent", "number", "score", "range"]);
    expect(["urgent", "normal"]).toContain(steps[0]?.outcome);
    expect(output).toMatch(/^-?\d+--?\d+$|^-?\d+-\d+$/);
  });

  test("streams, embeds, counts with the model's own tokenizer, and answers the AI SDK", async () => {
    const runtime = open();
    expect((await runtime.prompt("Well?")).text).toBe("I have no idea at all.");
    expect((await runtime.embed("a cat")).vector.length).toBeGreaterThan(0);
    const { text } = await generateText({ model: runtime.model("talker"), prompt: "Well?", temperature: 0 });
    expect(text).toBe("I have no idea at all.");
  });
});
