const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Whether a JSON text is nested at most so deep: told before it is parsed, so that nothing deep is ever built. */
export function isWithinDepth(text: string, most: number): boolean {
  let depth = 0;
  let inString = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (inString) {
      if (code === BACKSLASH) index++;
      else if (code === QUOTE) inString = false;
      continue;
    }
    if (code === QUOTE) inString = true;
    // `[` and `{`, `]` and `}`: each pair differs in one bit.
    else if ((code | 0x20) === 0x7b && ++depth > most) return false;
    else if ((code | 0x20) === 0x7d) depth--;
  }
  return true;
}
