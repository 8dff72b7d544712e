import type { LanguageModelPrompt } from "@catenary/core";

/** The text of the last message that the user wrote, or of the whole prompt where no user spoke. */
export function lastUserText(prompt: LanguageModelPrompt): string {
  const last = prompt.findLast((message) => message.role === "user");
  return last === undefined ? promptText(prompt) : messageText(last);
}

/** All text of a prompt, one message after the other. */
export function promptText(prompt: LanguageModelPrompt): string {
  return prompt
    .map(messageText)
    .filter((text) => text !== "")
    .join("\n");
}

/** The text in one message; parts of other kinds are left out. */
export function messageText(message: LanguageModelPrompt[number]): string {
  if (typeof message.content === "string") return message.content;
  const texts: string[] = [];
  for (const part of message.content) if (part.type === "text") texts.push(part.text);
  return texts.join("\n");
}
