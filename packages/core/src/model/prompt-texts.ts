import type { LanguageModelCallOptions, LanguageModelPrompt } from "./contract.ts";

/** A provider's own tools too, which have arguments instead of a schema. */
export type AnyTool = NonNullable<LanguageModelCallOptions["tools"]>[number];

/** All that a model reads of a conversation and of the tools that it may call, without the signs that its template puts between. */
export function promptTexts(prompt: LanguageModelPrompt, tools: readonly AnyTool[] = []): readonly string[] {
  const texts: string[] = [];
  for (const message of prompt) {
    if (message.role === "system") texts.push(message.content);
    else for (const part of message.content) pushPart(texts, part);
  }
  for (const tool of tools) pushTool(texts, tool);
  return texts;
}

type Part = Exclude<LanguageModelPrompt[number], { role: "system" }>["content"][number];

/** What is sent as a file takes tokens too, but nobody here knows how many. */
function pushPart(texts: string[], part: Part): void {
  switch (part.type) {
    case "text":
    case "reasoning":
      texts.push(part.text);
      break;
    case "tool-call":
      texts.push(part.toolName, asText(part.input));
      break;
    case "tool-result":
      pushOutput(texts, part.output);
  }
}

function pushOutput(texts: string[], output: Extract<Part, { type: "tool-result" }>["output"]): void {
  switch (output.type) {
    case "text":
    case "error-text":
      texts.push(output.value);
      break;
    case "json":
    case "error-json":
      texts.push(asText(output.value));
      break;
    case "content":
      for (const item of output.value) if (item.type === "text") texts.push(item.text);
  }
}

function pushTool(texts: string[], tool: AnyTool): void {
  if (tool.type !== "function") {
    texts.push(asText(tool.args));
    return;
  }
  texts.push(tool.name, tool.description ?? "", asText(tool.inputSchema));
}

/** What is no JSON is refused elsewhere, or by the provider: it must not fail here. */
function asText(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}
