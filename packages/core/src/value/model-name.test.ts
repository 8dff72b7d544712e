import fc from "fast-check";
import { expect, test } from "vitest";
import { modelNameDistance } from "./model-name.ts";

const table: readonly (readonly [wanted: string, served: string, distance: number | undefined])[] = [
  ["smollm2:135m", "smollm2:135m", 0],
  ["Llama2:latest", "llama2:latest", 1],
  ["llama2-70b-AWQ", "llama2_70b-fp16", 1],
  ["org/llama2-70b", "llama270b", 1],
  ["hf.co/org/llama2-70b", "llama2 70B", 1],
  ["text-embed-model:33m", "textembedmodel:33M", 1],
  ["mistral-7b-instruct-v0.1", "Mistral_7B.Instruct-v0.1", 1],
  ["gpt-j-6b-gptq", "gptj6b-4bit", 1],
  ["llama3", "llama3:latest", 2],
  ["llama3:8b", "llama3", 2],
  ["llama3:latest", "llama3", 2],
  ["llama3", "llama3:8b", 3],
  ["qwen2.5:7b", "qwen2.5:0.5b", undefined],
  ["x:7b", "x:70b", undefined],
  ["llama3", "llama31", undefined],
  ["llama2", "mistral", undefined],
  ["", "mistral", undefined],
  ["org/", "org/", 0],
  ["-", "_", undefined],
];

test.each(table)("%j asked for, %j served: %j", (wanted, served, distance) => {
  expect(modelNameDistance(wanted, served)).toBe(distance);
});

test("keeps a port before the last slash out of the tag", () => {
  expect(modelNameDistance("localhost:5000/llama3", "llama3")).toBe(1);
  expect(modelNameDistance("localhost:5000/llama3:8b", "llama3:8b")).toBe(1);
});

test("gives only the same name the distance 0, and never fits names of different letters", () => {
  const name = fc.stringMatching(/^[a-z]{1,6}(:[a-z0-9]{1,4})?$/);
  fc.assert(
    fc.property(name, name, (wanted, served) => {
      const distance = modelNameDistance(wanted, served);
      expect(distance === 0).toBe(wanted === served);
      const [wantedBase, servedBase] = [wanted.split(":")[0], served.split(":")[0]];
      if (wantedBase !== servedBase && !/awq|gptq|fp/.test(wanted + served)) expect(distance).toBeUndefined();
    }),
  );
});
