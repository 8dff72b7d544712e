import { messageOf } from "../message-of.ts";
import { lastWords } from "./last-words.ts";

/** What an error of the library says, with what llama.cpp wrote of it. */
export function toldBy(error: unknown): string {
  const message = messageOf(error);
  const written = lastWords.take().filter((line) => !message.includes(line));
  return [message, ...new Set(written)].filter((text) => text !== "").join("; ");
}
