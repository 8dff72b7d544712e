import type { LanguageModelCallOptions, LanguageModelPrompt } from "../../model/contract.ts";
import type { Wanted } from "../call/model-request.ts";

/** What an average token has in English; in other languages it has fewer, so that this is rather too little than too much. */
const CHARACTERS_A_TOKEN = 4;

/** A conversation below it fits every model that anybody serves, so that it matters to nobody how long a context is. */
const SHORT_TOKENS = 2_048;

/** What a call of an AI SDK model needs of whoever takes it, beside what was chosen for all of its calls. */
export function wantedOfCall(chosen: Wanted, call: LanguageModelCallOptions): Wanted {
  const { characters, hasImages } = measure(call.prompt);
  const outputTokens = call.maxOutputTokens ?? 0;
  const promptTokens = Math.ceil(characters / CHARACTERS_A_TOKEN);
  const isShort = promptTokens + outputTokens < SHORT_TOKENS;
  return {
    ...chosen,
    contextLength: isShort ? 0 : promptTokens,
    outputTokens,
    tools: call.tools !== undefined && call.tools.length > 0,
    vision: hasImages,
    structuredOutput: call.responseFormat?.type === "json" && call.responseFormat.schema !== undefined,
  };
}

interface Measure {
  characters: number;
  hasImages: boolean;
}

function measure(prompt: LanguageModelPrompt): Measure {
  const sum: Measure = { characters: 0, hasImages: false };
  for (const message of prompt) {
    if (message.role === "system") {
      sum.characters += message.content.length;
      continue;
    }
    for (const part of message.content) measurePart(part, sum);
  }
  return sum;
}

type Part = Exclude<LanguageModelPrompt[number], { role: "system" }>["content"][number];

function measurePart(part: Part, sum: Measure): void {
  if (part.type === "text" || part.type === "reasoning") sum.characters += part.text.length;
  else if (part.type === "file") sum.hasImages ||= part.mediaType.startsWith("image");
  else if (part.type === "tool-result" && part.output.type === "text") sum.characters += part.output.value.length;
}
