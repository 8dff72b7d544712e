/** How many lines of llama.cpp's are kept. */
const KEPT = 8;
const lines: string[] = [];

/** What llama.cpp wrote last of errors: it says only there why something failed. */
export const lastWords = {
  add(text: string): void {
    const line = text.trim();
    if (line !== "") lines.push(line);
    if (lines.length > KEPT) lines.shift();
  },
  /** The lines since the last time. */
  take(): string[] {
    return lines.splice(0);
  },
};
