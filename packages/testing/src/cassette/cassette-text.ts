import { CatenaryError } from "@catenary/core";
import { isRecord } from "../is-record.ts";
import type { Cassette } from "./cassette.ts";

/**
 * Reads the text that `printCassette` writes.
 *
 * @throws CatenaryError `cassette_invalid` where it is no cassette, or of a version that is not known here.
 */
export function parseCassette(text: string, name: string): Cassette {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw invalid(name, "it is no JSON", cause);
  }
  if (!isRecord(json)) throw invalid(name, "it is no object");
  if (json.version !== 1)
    throw invalid(name, `it has the version ${JSON.stringify(json.version)}, and 1 is known here`);
  const { backend, models, calls } = json;
  const isWhole =
    isRecord(backend) &&
    typeof backend.id === "string" &&
    typeof backend.type === "string" &&
    Array.isArray(models) &&
    Array.isArray(calls) &&
    calls.every((call) => isRecord(call) && typeof call.kind === "string" && isRecord(call.request));
  if (!isWhole) throw invalid(name, "it lacks its backend, its models or its calls");
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

function invalid(name: string, problem: string, cause?: unknown): CatenaryError {
  return new CatenaryError("cassette_invalid", `${name} is to be a cassette, and ${problem}: record it again`, {
    cause,
  });
}
