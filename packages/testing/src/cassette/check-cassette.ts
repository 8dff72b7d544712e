import { describeValue } from "../describe-value.ts";
import { isRecord } from "../is-record.ts";

/** What of a value is not as in a cassette, in words; undefined where it is one. */
export function cassetteProblemOf(json: unknown): string | undefined {
  if (!isRecord(json)) return "it is no object";
  if (json.version === undefined) return "it has no version, and 1 is known here";
  if (json.version !== 1) return `it has the version ${JSON.stringify(json.version)}, and 1 is known here`;
  const { backend, models, calls } = json;
  const isWhole =
    isRecord(backend) && typeof backend.id === "string" && typeof backend.type === "string" && Array.isArray(models);
  if (!isWhole || !Array.isArray(calls)) return "it lacks its backend, its models or its calls";
  for (const [place, call] of calls.entries()) {
    const problem = callProblemOf(call);
    if (problem !== undefined) return `its call number ${place + 1} ${problem}`;
  }
  return undefined;
}

function callProblemOf(call: unknown): string | undefined {
  if (!isRecord(call)) return "is no object";
  const { kind, model, request, result, parts, error, aborted } = call;
  if (kind !== "generate" && kind !== "stream" && kind !== "embed")
    return `is to be of the kind generate, stream or embed, and is ${describeValue(kind)}`;
  if (typeof model !== "string" || !isRecord(request)) return "lacks its model or its request";
  if (error !== undefined) {
    const isError = isRecord(error) && typeof error.name === "string" && typeof error.message === "string";
    return isError ? undefined : "has an error without a name or a message";
  }
  if (aborted === true) return undefined;
  if (kind === "stream") return Array.isArray(parts) ? undefined : "has no parts, no error, and was not given up";
  return isRecord(result) ? undefined : "has no result, no error, and was not given up";
}
