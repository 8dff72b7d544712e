import { isRecord } from "../is-record.ts";
import type { JsonBody } from "../json-body.ts";
import { failure } from "./answers.ts";

/** The JSON object in a request, or the answer that the real server gives where there is none. */
export async function readBody(request: Request): Promise<JsonBody | Response> {
  const text = await request.text();
  if (text === "") return failure(400, "missing request body");
  try {
    const body: unknown = JSON.parse(text);
    if (isRecord(body)) return body;
    return failure(400, `json: cannot unmarshal ${goKind(body)} into Go value of type api.Request`);
  } catch {
    return failure(400, parseFailure(text));
  }
}

/** The two messages of the real server that callers meet; it has more, which differ only in the words. */
function parseFailure(text: string): string {
  const start = text.trimStart();
  const wrong = /^\{\s*([^"}\s])/.exec(start)?.[1];
  if (wrong !== undefined) return `invalid character '${wrong}' looking for beginning of object key string`;
  if (/^[{[]/.test(start)) return "unexpected EOF";
  return `invalid character '${start[0] ?? " "}' looking for beginning of value`;
}

export function goKind(value: unknown): string {
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}
