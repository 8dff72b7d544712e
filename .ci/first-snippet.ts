/** The first block of a Markdown text that is fenced as `ts`. Throws when there is none. */
export function firstSnippet(markdown: string): string {
  const snippet = /^(`{3,})ts(?:[ \t{][^\n`]*)?\n(.*?)^\1`*[ \t]*$/ms.exec(markdown)?.[2];
  if (snippet === undefined) throw new Error("expected a block that begins with ```ts and ends with ```, found none");
  return snippet;
}
