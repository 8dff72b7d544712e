import type { LanguageModelPrompt } from "./contract.ts";
import { type AnyTool, promptTexts } from "./prompt-texts.ts";

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
  for (const text of promptTexts(prompt, tools)) characters += lengthOf(text);
  return { tokens: Math.ceil(characters / CHARACTERS_A_TOKEN), hasImages: prompt.some(hasImage) };
}

function hasImage(message: LanguageModelPrompt[number]): boolean {
  if (message.role === "system") return false;
  return message.content.some((part) => part.type === "file" && part.mediaType.startsWith("image"));
}

/** How many tokens a text has, estimated in the same way. */
export function textTokens(text: string): number {
  return Math.ceil(lengthOf(text) / CHARACTERS_A_TOKEN);
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
