import type { LanguageModelStreamPart } from "./contract.ts";

/**
 * Whether a part of a stream says something of the answer, so that whoever has it cannot be given another model's: text,
 * reasoning, a tool call, a file. Beginnings, ends, empty pieces, metadata and signs of life do not.
 */
export function isContent(part: LanguageModelStreamPart): boolean {
  switch (part.type) {
    case "text-delta":
    case "reasoning-delta":
    case "tool-input-delta":
      return part.delta !== "";
    case "tool-input-start":
    case "tool-call":
    case "tool-result":
    case "tool-approval-request":
    case "file":
    case "reasoning-file":
    case "source":
    case "custom":
      return true;
    default:
      return false;
  }
}
