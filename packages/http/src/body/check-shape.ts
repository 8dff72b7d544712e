const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;

export interface ShapeLimits {
  /** How deep it may be nested. */
  readonly depth: number;
  /** How many values it may have: fields and items on all levels. */
  readonly values: number;
}

/** What of a JSON text is more than it may be: told before it is parsed, so that nothing deep or wide is ever built. */
export function excessOf(text: string, { depth: deepest, values: most }: ShapeLimits): keyof ShapeLimits | undefined {
  let depth = 0;
  // Each value but the outermost is the first in something that opens, or comes after a comma.
  let values = 1;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) inString = false;
      continue;
    }
    if (code === QUOTE) inString = true;
    else if (code === COMMA) values++;
    // `[` and `{`, `]` and `}`: each pair differs in one bit.
    else if ((code | 0x20) === 0x7b) {
      if (++depth > deepest) return "depth";
      values++;
    } else if ((code | 0x20) === 0x7d) depth--;
    if (values > most) return "values";
  }
  return undefined;
}
