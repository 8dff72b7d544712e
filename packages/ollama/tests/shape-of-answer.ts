export interface AnswerShape {
  readonly status: number;
  readonly contentType: string | null;
  /** The kinds of lines, in the order in which they first come, each with its fields in their order. */
  readonly lines: readonly string[];
}

/** What two servers' answers must have in common: everything but the values. The words of errors are kept. */
export async function shapeOfAnswer(response: Response): Promise<AnswerShape> {
  const text = await response.text();
  const contentType = response.headers.get("content-type");
  const structured = /json|event-stream/.test(contentType ?? "");
  const lines = structured
    ? text
        .split("\n")
        .filter((line) => line !== "")
        .map(describeLine)
    : [text];
  return { status: response.status, contentType, lines: [...new Set(lines)] };
}

function describeLine(line: string): string {
  const [, prefix = "", json = ""] = /^(data: )?(.*)$/.exec(line) ?? [];
  return prefix + (json === "[DONE]" ? json : print(JSON.parse(json)));
}

/** What these hold differs from model to model. */
const OPAQUE = new Set(["model_info", "tensors"]);

function print(value: unknown, field = ""): string {
  if (OPAQUE.has(field)) return Array.isArray(value) ? "array" : typeof value;
  // After these come the words of whatever could not be reached.
  if (field === "error" && typeof value === "string") return value.replace(/^(pull model manifest): .*/, "$1");
  // The words of an error, and the flags by which a client finds its way, are part of the contract.
  if (["error", "done", "done_reason", "role"].includes(field)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${[...new Set(value.map((item) => print(item)))].join("|")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.entries(value)
      .map(([name, inner]) => `${name}: ${print(inner, name)}`)
      .join(", ")}}`;
  }
  return value === null ? "null" : typeof value;
}
