import type { LanguageModelCallOptions } from "@catenary/core";
import type { LLamaChatGenerateResponseOptions } from "node-llama-cpp";
import { PROVIDER } from "../provider.ts";

export type Sampling = Pick<
  LLamaChatGenerateResponseOptions,
  "temperature" | "topP" | "topK" | "minP" | "seed" | "repeatPenalty"
>;

/** What llama.cpp's own programs use where nobody says anything. */
const USUAL = { temperature: 0.8, topP: 0.95, topK: 40, minP: 0.05 } as const;
/** How many of the last tokens are penalised. */
const PENALISED_TOKENS = 64;
/** No penalty. */
const NEUTRAL = 1;

/** How the next token is chosen. */
export function samplingOf(call: LanguageModelCallOptions): Sampling {
  const own = call.providerOptions?.[PROVIDER] ?? {};
  const number = (value: unknown, usual: number) => (typeof value === "number" ? value : usual);
  const penalty = number(own.repeatPenalty, NEUTRAL);
  const { frequencyPenalty, presencePenalty } = call;
  const isPenalised = penalty !== NEUTRAL || Boolean(frequencyPenalty) || Boolean(presencePenalty);
  return {
    temperature: call.temperature ?? USUAL.temperature,
    topP: call.topP ?? USUAL.topP,
    topK: call.topK ?? USUAL.topK,
    minP: number(own.minP, USUAL.minP),
    ...(call.seed !== undefined && { seed: call.seed }),
    repeatPenalty: isPenalised && {
      penalty,
      lastTokens: PENALISED_TOKENS,
      ...(frequencyPenalty !== undefined && { frequencyPenalty }),
      ...(presencePenalty !== undefined && { presencePenalty }),
    },
  };
}
