import { expect, test } from "vitest";
import { samplingOf } from "./sampling.ts";

const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Hello." }] }];

test("what a call leaves out is what llama.cpp's own programs use, without a penalty", () => {
  expect(samplingOf({ prompt })).toEqual({ temperature: 0.8, topP: 0.95, topK: 40, minP: 0.05, repeatPenalty: false });
});

test("what a call says is obeyed, zeros included", () => {
  const said = { temperature: 0, topP: 0.5, topK: 7, seed: 3, presencePenalty: 0.2, frequencyPenalty: 0.1 };
  const own = { "llama-cpp": { minP: 0, repeatPenalty: 1.2 } };
  expect(samplingOf({ prompt, ...said, providerOptions: own })).toEqual({
    temperature: 0,
    topP: 0.5,
    topK: 7,
    minP: 0,
    seed: 3,
    repeatPenalty: { penalty: 1.2, lastTokens: 64, presencePenalty: 0.2, frequencyPenalty: 0.1 },
  });
});

test("either of the penalties is enough, and none of zero is", () => {
  expect(samplingOf({ prompt, presencePenalty: 0.5 }).repeatPenalty).toEqual({
    penalty: 1,
    lastTokens: 64,
    presencePenalty: 0.5,
  });
  expect(samplingOf({ prompt, presencePenalty: 0, frequencyPenalty: 0 }).repeatPenalty).toBe(false);
});
