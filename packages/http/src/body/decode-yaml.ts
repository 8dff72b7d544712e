import type { Document } from "yaml";
import { tooDeep, tooLongYaml, tooManyYamlParts } from "./body-errors.ts";
import { wellFormed } from "./well-formed.ts";

/** Aliases may stand for more than is written; more than so many mean to fill the memory. */
const MOST_ALIASES = 100;

/** Of signs, words, line ends and escapes. The parser takes some microseconds for each, in which nobody else is answered. */
const MOST_PARTS = 30_000;

/** It would compare each key with each other one, and draw a picture of each mistake. */
const SETTINGS = { schema: "core", logLevel: "error", uniqueKeys: false, prettyErrors: false } as const;

export interface YamlLimits {
  readonly depth: number;
  readonly bytes: number;
}

/**
 * YAML as plain data; an empty text is an empty object.
 *
 * @throws HttpError 413 where it is too long, or has too many parts, before anything of it is built; and where it is too deep
 * @throws Error what the parser throws, and where it is no JSON, or has two keys of one name in one object
 */
export async function decodeYaml(text: string, { depth, bytes }: YamlLimits): Promise<unknown> {
  if (new TextEncoder().encode(text).byteLength > bytes) throw tooLongYaml(bytes);
  // Few bodies are YAML; the others need not wait for its parser to load.
  const yaml = await import("yaml");
  let parts = text.split("\\").length - 1;
  for (const _part of new yaml.Lexer().lex(text)) if (++parts > MOST_PARTS) throw tooManyYamlParts(MOST_PARTS);
  // The first mistake will do: the parser would go on and collect them all.
  for (const token of new yaml.Parser().parse(text))
    if (token.type === "error") throw new SyntaxError(`it is no YAML${placeIn(text, token.offset)}`);
  const document = yaml.parseDocument(text, SETTINGS);
  const [mistake] = document.errors;
  if (mistake !== undefined) throw new SyntaxError(`it is no YAML${placeIn(text, mistake.pos[0])}`);
  refuseRepeatedKeys(document, yaml);
  const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
  checkPlain(value, depth, depth);
  return wellFormed(value ?? {});
}

function placeIn(text: string, offset: number): string {
  const lines = text.slice(0, offset).split("\n");
  return ` at line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`;
}

function refuseRepeatedKeys(document: Document, { isScalar, visit }: typeof import("yaml")): void {
  visit(document, {
    Map(_key, { items }) {
      const names = new Set(items.map(({ key }) => (isScalar(key) ? String(key.value) : key)));
      if (names.size < items.length) throw new SyntaxError("two keys have one name");
    },
  });
}

function checkPlain(value: unknown, levels: number, depth: number): void {
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`${value} is no number of JSON`);
  if (typeof value !== "object" || value === null) return;
  if (levels === 0) throw tooDeep(depth);
  for (const item of Object.values(value)) checkPlain(item, levels - 1, depth);
}
