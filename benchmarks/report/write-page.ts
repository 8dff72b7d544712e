import { readFileSync, writeFileSync } from "node:fs";

/** Replaces what stands between the marks `<!-- name -->` and `<!-- /name -->` of a Markdown page. */
export function writePage(path: string, name: string, text: string): void {
  writeFileSync(path, replaceBetween(readFileSync(path, "utf8"), name, text));
}

/** Throws where the page has no such marks. */
export function replaceBetween(page: string, name: string, text: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const start = page.indexOf(open);
  const end = page.indexOf(close);
  if (start === -1 || end < start) throw new Error(`expected a page with ${open} and ${close}`);
  return `${page.slice(0, start + open.length)}\n\n${text}\n\n${page.slice(end)}`;
}
