import type { SharedV4Warning } from "@ai-sdk/provider";

/** The warning that something of a call could not be said to a model of an older version. */
export function lost(feature: string, details?: string): SharedV4Warning {
  const why = "the model is of an older version of the AI SDK's provider specification";
  return { type: "unsupported", feature, details: details === undefined ? why : `${why}: ${details}` };
}
