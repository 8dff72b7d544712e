const SUSPICIOUS = /__proto__|constructor|\\u00/;

/**
 * The JSON of an answer. Throws a SyntaxError where it is none, and where it has a field that would become the prototype of whatever
 * it is copied into.
 */
export function readAnswer(text: string): unknown {
  const answer: unknown = JSON.parse(text);
  if (SUSPICIOUS.test(text)) checkFields(answer);
  return answer;
}

function checkFields(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, field] of Object.entries(value)) {
    if (name === "__proto__" || (name === "constructor" && isPrototypeHolder(field)))
      throw new SyntaxError(`the answer has a field ${name}, which no answer needs`);
    checkFields(field);
  }
}

function isPrototypeHolder(field: unknown): boolean {
  return typeof field === "object" && field !== null && Object.hasOwn(field, "prototype");
}
