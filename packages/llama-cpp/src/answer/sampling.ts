import type { LanguageModelCallOptions, LanguageModelResult } from "@catenary/core";
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

type Rule = readonly [holds: (value: number) => boolean, expected: string];

const FINITE: Rule = [Number.isFinite, "a number"];
const SHARE: Rule = [(value) => value >= 0 && value <= 1, "a number from 0 to 1"];
const SAID = {
  temperature: [(value) => value >= 0 && value <= 2, "a number from 0 to 2"],
  topP: SHARE,
  topK: [(value) => Number.isInteger(value) && value >= 0, "a whole number of at least 0"],
  seed: [Number.isInteger, "a whole number"],
  frequencyPenalty: FINITE,
  presencePenalty: FINITE,
} satisfies Partial<Record<keyof LanguageModelCallOptions, Rule>>;
const OWN = {
  minP: SHARE,
  repeatPenalty: [(value) => value > 0 && value < Number.POSITIVE_INFINITY, "a number above 0"],
} satisfies Record<string, Rule>;

/**
 * How the next token is chosen.
 *
 * @param warnings Told of what has no meaning, and is left out.
 */
export function samplingOf(call: LanguageModelCallOptions, warnings: LanguageModelResult["warnings"]): Sampling {
  const read = (feature: string, value: unknown, [holds, expected]: Rule): number | undefined => {
    if (value === undefined || value === null) return undefined;
    if (typeof value === "number" && holds(value)) return value;
    const got = typeof value === "number" ? String(value) : `a value of the type ${typeof value}`;
    warnings.push({ type: "unsupported", feature, details: `left out: expected ${expected}, got ${got}` });
    return undefined;
  };
  const said = (name: keyof typeof SAID) => read(name, call[name], SAID[name]);
  const given = call.providerOptions?.[PROVIDER] ?? {};
  const own = (name: keyof typeof OWN) => read(placeOf(name), given[name], OWN[name]);
  for (const name of Object.keys(given).filter((key) => !Object.hasOwn(OWN, key))) {
    const details = `left out: there is ${Object.keys(OWN).join(", ")}`;
    warnings.push({ type: "unsupported", feature: placeOf(name), details });
  }
  const penalty = own("repeatPenalty") ?? NEUTRAL;
  const [frequencyPenalty, presencePenalty, seed] = [said("frequencyPenalty"), said("presencePenalty"), said("seed")];
  const isPenalised = penalty !== NEUTRAL || Boolean(frequencyPenalty) || Boolean(presencePenalty);
  return {
    temperature: said("temperature") ?? USUAL.temperature,
    topP: said("topP") ?? USUAL.topP,
    topK: said("topK") ?? USUAL.topK,
    minP: own("minP") ?? USUAL.minP,
    seed: seed ?? anySeed(),
    repeatPenalty: isPenalised && {
      penalty,
      lastTokens: PENALISED_TOKENS,
      ...(frequencyPenalty !== undefined && { frequencyPenalty }),
      ...(presencePenalty !== undefined && { presencePenalty }),
    },
  };
}

/** The library's own is the clock's second: calls of the same second would all have the same answer. */
const anySeed = () => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

const placeOf = (name: string) => `providerOptions["${PROVIDER}"].${name}`;
