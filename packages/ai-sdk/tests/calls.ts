import type { LanguageModelV4ToolResultOutput } from "@ai-sdk/provider";
import type {
  LanguageModel,
  LanguageModelCallOptions,
  LanguageModelPrompt,
  LanguageModelStreamPart,
} from "@catenary/core";

/** A picture of one pixel, as base64. */
export const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

export const textPrompt: LanguageModelPrompt = [{ role: "user", content: [{ type: "text", text: "Is it?" }] }];

/** A conversation in which a tool was asked, and gave this. */
export function resultPrompt(output: LanguageModelV4ToolResultOutput): LanguageModelPrompt {
  const call = { toolCallId: "c1", toolName: "weather" } as const;
  return [
    ...textPrompt,
    { role: "assistant", content: [{ type: "tool-call", ...call, input: { city: "Oslo" } }] },
    { role: "tool", content: [{ type: "tool-result", ...call, output }] },
  ];
}

/** Everything that a model streams. */
export async function partsOf(
  model: LanguageModel,
  options: Partial<LanguageModelCallOptions> = {},
): Promise<LanguageModelStreamPart[]> {
  const { stream } = await model.doStream({ prompt: textPrompt, ...options });
  const parts: LanguageModelStreamPart[] = [];
  for await (const part of stream) parts.push(part);
  return parts;
}
