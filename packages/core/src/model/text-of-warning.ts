import type { LanguageModelResult } from "./contract.ts";

type Warning = LanguageModelResult["warnings"][number];

/** What a model says of a call that it could not take as it is, for people. */
export function textOfWarning(warning: Warning): string {
  if (warning.type === "other") return warning.message;
  const { feature, details } = { details: undefined, feature: "", ...warning };
  const what = `${feature} is ${warning.type === "unsupported" ? "not supported" : warning.type}`;
  return details === undefined ? what : `${what}: ${details}`;
}

const MOST = 16;
const LONGEST = 1_000;

/** The same of all that it says, as a call's record keeps it: each once, and not without end. Providers are not all written in TypeScript. */
export function textsOfWarnings(warnings: readonly Warning[] | undefined): readonly string[] {
  if (!Array.isArray(warnings) || warnings.length === 0) return NONE;
  const texts = warnings.map((warning: Warning) => String(textOfWarning(warning)).slice(0, LONGEST));
  return [...new Set(texts)].slice(0, MOST);
}

const NONE: readonly string[] = [];
