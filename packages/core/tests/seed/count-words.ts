/** The original was recorded with a tokenizer that counts words. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== "").length;
}
