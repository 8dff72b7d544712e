/**
 * How well a backend's model fits the name that was asked for; smaller is better, undefined: not at all. The exact name
 * is 0. Then names are compared without case, spaces, `-`, `_`, `.`, the publisher before a slash and marks of
 * quantisation, but with the tag: 1 where the tags are the same, 2 and 3 where one side has none (`latest` first).
 */
export function modelNameDistance(wanted: string, served: string): 0 | 1 | 2 | 3 | undefined {
  if (wanted === served) return 0;
  const a = split(wanted);
  const b = split(served);
  if (a.base !== b.base || a.base === "") return undefined;
  if (a.tag === b.tag) return 1;
  if (a.tag === "") return b.tag === "latest" ? 2 : 3;
  return b.tag === "" ? 2 : undefined;
}

function split(name: string): { readonly base: string; readonly tag: string } {
  const lower = name.toLowerCase();
  const path = lower.slice(lower.lastIndexOf("/") + 1);
  const colon = path.lastIndexOf(":");
  const base = colon === -1 ? path : path.slice(0, colon);
  const tag = colon === -1 ? "" : path.slice(colon + 1);
  return { base: base.replace(SEPARATORS, "").replace(QUANTISATION, ""), tag: tag.replace(SEPARATORS, "") };
}

const SEPARATORS = /[\s\-_.]/g;
const QUANTISATION = /awq|gptq|4bit|fp16/g;
