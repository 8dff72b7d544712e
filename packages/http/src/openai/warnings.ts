import type { LanguageModelResult } from "@catenary/core";
import type { ChatRequest } from "./chat-request.ts";

type Warning = LanguageModelResult["warnings"][number];

/** What changes an answer at OpenAI, and has no word in what models are asked here. */
const NOT_PASSED_ON = [
  "audio",
  "function_call",
  "functions",
  "logit_bias",
  "modalities",
  "prediction",
  "verbosity",
  "web_search_options",
] as const;

/** The fields of a request that nobody will see, for people. */
export function warningsOfRequest(request: ChatRequest): readonly string[] {
  return NOT_PASSED_ON.filter((name) => request[name] !== undefined && request[name] !== null).map(
    (name) => `${name} is not passed on`,
  );
}

/** What a model says of a call that it could not take as it is, for people. */
export function textOfWarning(warning: Warning): string {
  if (warning.type === "other") return warning.message;
  const { feature, details } = { details: undefined, feature: "", ...warning };
  const what = `${feature} is ${warning.type === "unsupported" ? "not supported" : warning.type}`;
  return details === undefined ? what : `${what}: ${details}`;
}

const LONGEST = 1_000;

/** The header that tells of them; none where there are none. */
export function warningsHeader(warnings: Iterable<string>): Readonly<Record<string, string>> {
  const text = [...warnings].join("; ").replace(/[^\x20-\x7e]+/g, " ");
  return text === "" ? {} : { "x-catenary-warnings": text.slice(0, LONGEST) };
}
