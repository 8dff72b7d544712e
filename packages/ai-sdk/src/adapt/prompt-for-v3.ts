import type {
  LanguageModelV3FilePart,
  LanguageModelV3Message,
  LanguageModelV3Prompt,
  LanguageModelV3ToolResultPart,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
  LanguageModelV4ToolResultPart,
} from "@ai-sdk/provider";
import { dataForV3, mediaTypeForV3 } from "./file-for-v3.ts";
import { outputForV3 } from "./output-for-v3.ts";

/** Told of each thing that an older version has no words for. */
export type Miss = (feature: string, details?: string) => void;

/** A conversation in the words of v3. */
export function promptForV3(prompt: LanguageModelV4Prompt, miss: Miss): LanguageModelV3Prompt {
  return prompt.map((message) => messageForV3(message, miss));
}

function messageForV3(message: LanguageModelV4Message, miss: Miss): LanguageModelV3Message {
  switch (message.role) {
    case "system":
      return message;
    case "user":
      return {
        ...message,
        content: message.content.map((part) => (part.type === "file" ? fileForV3(part) : part)),
      };
    case "assistant":
      return { ...message, content: message.content.flatMap((part) => assistantPartForV3(part, miss)) };
    case "tool":
      return {
        ...message,
        content: message.content.map((part) => (part.type === "tool-result" ? resultForV3(part, miss) : part)),
      };
  }
}

type AssistantPart<Message> = Message extends { readonly role: "assistant"; readonly content: (infer Part)[] }
  ? Part
  : never;

function assistantPartForV3(
  part: AssistantPart<LanguageModelV4Message>,
  miss: Miss,
): AssistantPart<LanguageModelV3Message>[] {
  switch (part.type) {
    case "file":
      return [fileForV3(part)];
    case "tool-result":
      return [resultForV3(part, miss)];
    case "reasoning-file":
      miss("reasoning-file", "files of a model's reasoning are left out of the conversation");
      return [];
    case "custom":
      miss("custom", `contents of the kind ${part.kind} are left out of the conversation`);
      return [];
    default:
      return [part];
  }
}

function fileForV3(part: LanguageModelV4FilePart): LanguageModelV3FilePart {
  return { ...part, data: dataForV3(part.data), mediaType: mediaTypeForV3(part.mediaType) };
}

function resultForV3(part: LanguageModelV4ToolResultPart, miss: Miss): LanguageModelV3ToolResultPart {
  return { ...part, output: outputForV3(part.output, miss) };
}
