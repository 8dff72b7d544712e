import { type LanguageModelResult, type LanguageModelStreamPart, ReplyError } from "@catenary/core";

type Content = LanguageModelResult["content"];

/** The parts of a whole stream as one result. */
export function collectParts(parts: readonly LanguageModelStreamPart[]): LanguageModelResult {
  const content: Content = [];
  let warnings: LanguageModelResult["warnings"] = [];
  for (const part of parts) {
    if (part.type === "stream-start") warnings = part.warnings;
    if (part.type === "text-delta") extend(content, "text", part.delta);
    if (part.type === "reasoning-delta") extend(content, "reasoning", part.delta);
    if (part.type === "tool-call") content.push(part);
  }
  const finish = parts.find((part) => part.type === "finish");
  if (finish === undefined) throw new ReplyError("the model stopped without saying why");
  return { content, finishReason: finish.finishReason, usage: finish.usage, warnings };
}

function extend(content: Content, type: "text" | "reasoning", text: string): void {
  const last = content.at(-1);
  if (last?.type === type) content[content.length - 1] = { ...last, text: last.text + text };
  else content.push({ type, text });
}
