/** Each word with the white space before it, as a tokenizer divides text, and what follows the last one. Joined, they are the text. */
export function splitWords(text: string): string[] {
  return text.match(/\s*\S+(?:\s+$)?|\s+$/g) ?? [];
}

/** The text up to the first of these sequences: one, or a list of them. */
export function untilStop(text: string, stop: unknown): string {
  const places = [stop]
    .flat()
    .filter((sequence): sequence is string => typeof sequence === "string" && sequence !== "")
    .map((sequence) => text.indexOf(sequence))
    .filter((place) => place >= 0);
  return places.length === 0 ? text : text.slice(0, Math.min(...places));
}
