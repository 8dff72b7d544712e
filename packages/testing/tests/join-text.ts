import type { LanguageModelStreamPart } from "@catenary/core";

/** The words that a stream said. */
export function joinText(parts: readonly LanguageModelStreamPart[]): string {
  return parts.map((part) => (part.type === "text-delta" ? part.delta : "")).join("");
}
