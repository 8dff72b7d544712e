// SQLite's texts are UTF-8, and some platforms end them at the first NUL. Ids may be any JavaScript string, so what UTF-8 or a
// platform cannot carry is written as in JSON. Ordinary ids stay as they are.

/** A text that is different for each string, and survives every platform. */
export function escapeText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

/** The string of which `escapeText` made the text. */
export function unescapeText(text: string): string {
  const string: unknown = JSON.parse(`"${text}"`);
  return String(string);
}
