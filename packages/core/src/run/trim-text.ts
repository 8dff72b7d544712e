import { trimReply } from "../value/trim-reply.ts";

/**
 * Passes pieces of a text on without the white space around the whole: what comes first is held back until there is
 * something behind it, and so is white space at the end.
 */
export class TextTrimmer {
  #started = false;
  #held = "";

  /** What can be passed on now. */
  push(piece: string): string {
    const text = this.#held + piece;
    const trimmed = trimReply(text);
    if (trimmed === "") {
      this.#held = text;
      return "";
    }
    const start = this.#started ? 0 : text.indexOf(trimmed.charAt(0));
    const end = text.lastIndexOf(trimmed.charAt(trimmed.length - 1)) + 1;
    this.#started = true;
    this.#held = text.slice(end);
    return text.slice(start, end);
  }
}
