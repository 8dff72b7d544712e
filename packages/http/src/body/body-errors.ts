import { CatenaryError } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";

/** The connection is of no use afterwards: the rest of the body is still on its way. */
const LAST = { connection: "close" };

export function tooLong(bytes: number): HttpError {
  return new HttpError(
    413,
    `the body may have ${bytes} bytes; this one has more: send less, or have the server's limits.bodyBytes raised`,
    {
      headers: LAST,
    },
  );
}

export function tooDeep(levels: number): HttpError {
  return new HttpError(
    413,
    `a body may be nested ${levels} levels deep; this one is deeper: send flatter data, or have the server's limits.depth raised`,
  );
}

export function tooManyValues(most: number): HttpError {
  return new HttpError(
    413,
    `a body may have ${most} values, fields and items on all levels; this one has more: send less at once`,
  );
}

export function tooLongYaml(bytes: number): HttpError {
  return new HttpError(
    413,
    `a body in YAML may have ${bytes} bytes; this one has more: send JSON, or less, or have the server's limits.yamlBytes raised`,
  );
}

export function tooManyYamlParts(most: number): HttpError {
  return new HttpError(
    413,
    `a body in YAML may have ${most} signs, words, line ends and escapes; this one has more: send JSON`,
  );
}

export function tooSlow(timeoutMs: number): HttpError {
  return new HttpError(
    408,
    `the body did not come within ${timeoutMs} ms: send it faster, or have the server's limits.bodyTimeoutMs raised`,
    {
      headers: LAST,
    },
  );
}

export function notEncoded(encoding: string): HttpError {
  const shown = encoding.slice(0, 40);
  return new HttpError(
    415,
    `a body is expected as it is; got one with content-encoding ${shown}: send it uncompressed`,
    {
      headers: LAST,
    },
  );
}

/** Its status is the operation's, like that of every other body that cannot be read. */
export function notUtf8(): CatenaryError {
  return new CatenaryError("input_invalid", "the body is expected to be text in UTF-8; it has bytes that are none");
}
