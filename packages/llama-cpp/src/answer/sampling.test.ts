import type { LanguageModelResult } from "@catenary/core";
import { expect, test } from "vitest";
import { samplingOf } from "./sampling.ts";

const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Hello." }] }];

test("what a call leaves out is what llama.cpp's own programs use, without a penalty", () => {
  expect(samplingOf({ prompt }, [])).toEqual({
    temperature: 0.8,
    topP: 0.95,
    topK: 40,
    minP: 0.05,
    seed: expect.any(Number),
    repeatPenalty: false,
  });
});

test("every call that says no seed has one of its own, also within one second", () => {
  const seeds = Array.from({ length: 20 }, () => samplingOf({ prompt }, []).seed);
  expect(new Set(seeds).size).toBe(20);
  for (const seed of seeds) expect(Number.isInteger(seed) && Number(seed) >= 0 && Number(seed) < 2 ** 32).toBe(true);
});

test("what a call says is obeyed, zeros included", () => {
  const said = { temperature: 0, topP: 0.5, topK: 7, seed: 3, presencePenalty: 0.2, frequencyPenalty: 0.1 };
  const own = { "llama-cpp": { minP: 0, repeatPenalty: 1.2 } };
  expect(samplingOf({ prompt, ...said, providerOptions: own }, [])).toEqual({
    temperature: 0,
    topP: 0.5,
    topK: 7,
    minP: 0,
    seed: 3,
    repeatPenalty: { penalty: 1.2, lastTokens: 64, presencePenalty: 0.2, frequencyPenalty: 0.1 },
  });
});

test("either of the penalties is enough, and none of zero is", () => {
  expect(samplingOf({ prompt, presencePenalty: 0.5 }, []).repeatPenalty).toEqual({
    penalty: 1,
    lastTokens: 64,
    presencePenalty: 0.5,
  });
  expect(samplingOf({ prompt, presencePenalty: 0, frequencyPenalty: 0 }, []).repeatPenalty).toBe(false);
});

test("what has no meaning is left out, with a warning for each", () => {
  const warnings: LanguageModelResult["warnings"] = [];
  const said = { temperature: 9, topP: 7, topK: 1.5, seed: 1.5, presencePenalty: Number.POSITIVE_INFINITY };
  const providerOptions = { "llama-cpp": { minpp: 0.5, minP: "0.5", repeatPenalty: 0 } };
  const usual = { ...samplingOf({ prompt }, []), seed: expect.any(Number) };
  expect(samplingOf({ prompt, ...said, providerOptions }, warnings)).toEqual(usual);
  const told = warnings.map((warning) =>
    warning.type === "unsupported" ? `${warning.feature} ${warning.details}` : "",
  );
  expect(told.toSorted()).toEqual([
    "presencePenalty left out: expected a number, got Infinity",
    'providerOptions["llama-cpp"].minP left out: expected a number from 0 to 1, got a value of the type string',
    'providerOptions["llama-cpp"].minpp left out: there is minP, repeatPenalty',
    'providerOptions["llama-cpp"].repeatPenalty left out: expected a number above 0, got 0',
    "seed left out: expected a whole number, got 1.5",
    "temperature left out: expected a number from 0 to 2, got 9",
    "topK left out: expected a whole number of at least 0, got 1.5",
    "topP left out: expected a number from 0 to 1, got 7",
  ]);
});
