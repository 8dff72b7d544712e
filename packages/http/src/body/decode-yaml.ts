/** Aliases may stand for more than is written; more than so many mean to fill the memory. */
const MOST_ALIASES = 100;

/** YAML as plain data; an empty text is an empty object. Throws what the parser throws, and an Error where it is no JSON or too deep. */
export async function decodeYaml(text: string, depth: number): Promise<unknown> {
  // Few bodies are YAML; the others need not wait for its parser to load.
  const { parse } = await import("yaml");
  const value: unknown = parse(text, { maxAliasCount: MOST_ALIASES, logLevel: "error", schema: "core" });
  checkPlain(value, depth);
  return value ?? {};
}

function checkPlain(value: unknown, levels: number): void {
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`${value} is no number of JSON`);
  if (typeof value !== "object" || value === null) return;
  if (levels === 0) throw new RangeError("it is nested too deep");
  for (const item of Object.values(value)) checkPlain(item, levels - 1);
}
