import { messageOf } from "../message-of.ts";
import { lastWords } from "./last-words.ts";

/** What an error of the library says, with what llama.cpp wrote of it. */
export async function toldBy(error: unknown): Promise<string> {
  // It writes on a thread of its own, and what it says of a failure may come after it.
  await new Promise((resolve) => setImmediate(resolve));
  const message = messageOf(error);
  const written = lastWords.take().filter((line) => !message.includes(line));
  return [message, ...new Set(written)].filter((text) => text !== "").join("; ");
}
