import { HttpError } from "../errors/http-error.ts";
import { statusOfBody } from "../errors/status-of.ts";
import type { Operation } from "../route.ts";
import { tooDeep, tooManyValues } from "./body-errors.ts";
import { excessOf } from "./check-shape.ts";
import { decodeYaml } from "./decode-yaml.ts";
import { bodyFormOf } from "./media-type.ts";
import { mayHaveHalves, wellFormed } from "./well-formed.ts";

export interface BodyText {
  readonly text: string;
  readonly contentType: string | undefined;
  readonly depth: number;
  /** How many values it may have, on all levels. */
  readonly values: number;
  /** The longest one in YAML, in bytes. */
  readonly yamlBytes: number;
  readonly operation: Operation;
}

/** A body as plain data. */
export function decodeBody(body: BodyText): unknown {
  const form = bodyFormOf(body.contentType);
  if (form === undefined) throw unsupported(body);
  return form === "json" ? decodeJson(body) : decodeYamlBody(body, form === "yaml-base64");
}

function decodeJson({ text, depth, values, operation }: BodyText): unknown {
  const excess = excessOf(text, { depth, values });
  if (excess === "values") throw tooManyValues(values);
  if (excess === "depth") throw tooDeep(depth);
  try {
    const decoded: unknown = JSON.parse(text);
    return mayHaveHalves(text) ? wellFormed(decoded) : decoded;
  } catch (error) {
    // Its message quotes what was sent; where it went wrong is all that is needed.
    const where = / at position \d+/.exec(String(error))?.[0] ?? (text === "" ? ": it is empty" : "");
    throw malformed(operation, `valid JSON; it cannot be read${where}`);
  }
}

async function decodeYamlBody({ text, depth, yamlBytes, operation }: BodyText, isBase64: boolean): Promise<unknown> {
  try {
    return await decodeYaml(isBase64 ? decodeBase64(text) : text, { depth, bytes: yamlBytes });
  } catch (error) {
    if (error instanceof HttpError) throw error;
    const where = / at line \d+, column \d+/.exec(String(error))?.[0] ?? "";
    throw malformed(operation, `valid YAML of plain values; it cannot be read${where}`);
  }
}

function decodeBase64(text: string): string {
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(atob(text), (char) => char.charCodeAt(0)));
}

function malformed(operation: Operation, expected: string): HttpError {
  return new HttpError(statusOfBody(operation), `the body is expected to be ${expected}`);
}

function unsupported({ contentType, operation }: BodyText): HttpError {
  const status = statusOfBody(operation) === 422 ? 422 : 415;
  const shown = JSON.stringify(contentType?.slice(0, 80));
  return new HttpError(status, `unsupported content type ${shown}: send application/json, or application/yaml`);
}
