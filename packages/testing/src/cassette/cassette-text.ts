import { CatenaryError } from "@catenary/core";
import { describeValue } from "../describe-value.ts";
import { isRecord } from "../is-record.ts";
import type { Cassette } from "./cassette.ts";
import { cassetteProblemOf } from "./check-cassette.ts";

/**
 * Reads the text that `printCassette` writes.
 *
 * @param name What the text is called in errors. Default `the text`.
 * @throws CatenaryError `cassette_invalid` where it is no text, where it is no cassette, or of a version that is not known here.
 */
export function parseCassette(text: string, name = "the text"): Cassette {
  if (typeof text !== "string") throw noText(text);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(name, "it is no JSON", cause);
  }
  const problem = cassetteProblemOf(json);
  if (problem !== undefined) throw invalid(name, problem);
  // Safe: what the rest of the package reads without looking was checked; the answers are the recorded server's own.
  return json as unknown as Cassette;
}

/** Readable and stable: two spaces, one number list a line, so that a change shows as what it is. */
export function printCassette(cassette: Cassette): string {
  const text = JSON.stringify(cassette, null, 2);
  // Only lists of numbers have a bare line break behind their bracket; in texts it is escaped.
  const compact = text.replace(
    /\[\s*\n\s*(-?\d[-+.\deE,\s]*?)\s*\]/g,
    (_list, numbers: string) => `[${numbers.replace(/\s+/g, " ")}]`,
  );
  return `${compact}\n`;
}

function noText(given: unknown): CatenaryError {
  return new CatenaryError(
    "cassette_invalid",
    `parseCassette() expects the text of a cassette, such as printCassette() gives; got ${describeValue(given)}${isRecord(given) ? ": a cassette that was read already needs no reading" : ""}`,
  );
}

function invalid(name: string, problem: string, cause?: unknown): CatenaryError {
  return new CatenaryError("cassette_invalid", `${name} is to be a cassette, and ${problem}: record it again`, {
    cause,
  });
}
