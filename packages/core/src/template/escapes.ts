const HTML: ReadonlyMap<string, string> = new Map([
  ["&", "&amp;"],
  ["<", "&lt;"],
  [">", "&gt;"],
  ['"', "&#34;"],
  ["'", "&#39;"],
  ["\0", "\ufffd"],
]);
// biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is one of the characters that HTML cannot carry.
const htmlUnsafe = /[&<>"'\u0000]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters must not reach a script.
const jsUnsafe = /[\\'"<>&=\u0000-\u001f\u007f-\u009f\u2028\u2029]/g;

/** Text that can stand in an HTML element or attribute. */
export function escapeHtml(text: string): string {
  return text.replace(htmlUnsafe, (char) => HTML.get(char) ?? char);
}

/** Text that can stand in a JavaScript string. */
export function escapeJs(text: string): string {
  return text.replace(jsUnsafe, (char) => {
    if (char === "\\" || char === "'" || char === '"') return `\\${char}`;
    return `\\u${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
  });
}

/** Text that can stand as a value in the query of a URL; a space becomes a plus. */
export function escapeQuery(text: string): string {
  const encoded = encodeURIComponent(text.toWellFormed());
  return encoded
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%20", "+");
}
