import type { LanguageModelCallOptions, LanguageModelPrompt } from "./contract.ts";

export interface PromptSize {
  /** An estimate, rather too small than too large: whoever goes by it must not refuse what would have fitted. */
  readonly tokens: number;
  readonly hasImages: boolean;
}

/** What an average token has in English, and in JSON. */
const CHARACTERS_A_TOKEN = 4;
/** What a character of a script without spaces has more than others: it is half a token. */
const UNSPACED_MORE = 1;

/** A shorter text is not walked: whatever script it is in, it does not fill a context. */
const WALKED_FROM = 1_024;

/** How long a conversation is for a model, with the tools that it may call. Costs no more than a few additions where it is short. */
export function promptSize(prompt: LanguageModelPrompt, tools: readonly AnyTool[] = []): PromptSize {
  let characters = 0;
  let hasImages = false;
  for (const message of prompt) {
    if (message.role === "system") characters += lengthOf(message.content);
    else
      for (const part of message.content) {
        if (part.type === "file") hasImages ||= part.mediaType.startsWith("image");
        characters += partLength(part);
      }
  }
  for (const tool of tools) characters += toolLength(tool);
  return { tokens: Math.ceil(characters / CHARACTERS_A_TOKEN), hasImages };
}

/** How many tokens a text has, estimated in the same way. */
export function textTokens(text: string): number {
  return Math.ceil(lengthOf(text) / CHARACTERS_A_TOKEN);
}

type Part = Exclude<LanguageModelPrompt[number], { role: "system" }>["content"][number];

/** What is sent as a file takes tokens too, but nobody here knows how many. */
function partLength(part: Part): number {
  switch (part.type) {
    case "text":
    case "reasoning":
      return lengthOf(part.text);
    case "tool-call":
      return part.toolName.length + jsonLength(part.input);
    case "tool-result":
      return outputLength(part.output);
    default:
      return 0;
  }
}

function outputLength(output: Extract<Part, { type: "tool-result" }>["output"]): number {
  switch (output.type) {
    case "text":
    case "error-text":
      return lengthOf(output.value);
    case "json":
    case "error-json":
      return jsonLength(output.value);
    case "content":
      return output.value.reduce((sum, item) => sum + (item.type === "text" ? lengthOf(item.text) : 0), 0);
    default:
      return 0;
  }
}

/** A provider's own tools too, which have arguments instead of a schema. */
type AnyTool = NonNullable<LanguageModelCallOptions["tools"]>[number];

function toolLength(tool: AnyTool): number {
  if (tool.type !== "function") return jsonLength(tool.args);
  return tool.name.length + (tool.description?.length ?? 0) + jsonLength(tool.inputSchema);
}

/** What is no JSON is refused elsewhere, or by the provider: it must not fail here. */
function jsonLength(value: unknown): number {
  try {
    return lengthOf(JSON.stringify(value) ?? "");
  } catch {
    return 0;
  }
}

/** In characters of English that would be as many tokens. */
function lengthOf(text: string): number {
  if (text.length < WALKED_FROM) return text.length;
  let characters = text.length;
  for (let at = 0; at < text.length; at++) if (isUnspaced(text.charCodeAt(at))) characters += UNSPACED_MORE;
  return characters;
}

/** Thai, Japanese and Chinese, as far as they have one code unit a character. */
function isUnspaced(code: number): boolean {
  if (code < 0x0e00) return false;
  return code < 0x0e80 || (code >= 0x3040 && code < 0x3100) || (code >= 0x3400 && code < 0xa000);
}
