/** More than anybody wraps. A cause may lead back to its own effect. */
const MOST_CAUSES = 16;

/**
 * A thrown value and what caused it, from the outside in; at most 16, so that it ends whatever was thrown. Where several
 * errors were thrown as one, the first of them counts as the cause.
 */
export function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [error];
  for (let inner = causeOf(error); inner !== undefined && causes.length < MOST_CAUSES; inner = causeOf(inner)) {
    if (causes.includes(inner)) break;
    causes.push(inner);
  }
  return causes;
}

function causeOf(error: unknown): object | undefined {
  try {
    if (typeof error !== "object" || error === null) return undefined;
    const cause = "cause" in error ? error.cause : undefined;
    if (isObject(cause)) return cause;
    const [first]: readonly unknown[] = "errors" in error && Array.isArray(error.errors) ? error.errors : [];
    return isObject(first) ? first : undefined;
  } catch {
    // Code of users throws anything, also what throws when it is read.
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
