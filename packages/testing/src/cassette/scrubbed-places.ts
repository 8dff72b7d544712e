import type { Json } from "@catenary/core";
import { isRecord } from "../is-record.ts";
import { SCRUBBED } from "./secret-text.ts";

/** How many secrets were taken out of a text. */
export function countScrubbed(text: string): number {
  return text.split(SCRUBBED).length - 1;
}

/** Whether a value is the recorded one with something else at each place where a secret was taken out. */
export function fitsScrubbed(recorded: Json | undefined, asked: Json | undefined): boolean {
  if (typeof recorded === "string") {
    // A number may have been a secret, too.
    return typeof asked === "string" ? textFits(recorded, asked) : recorded === SCRUBBED && asked !== undefined;
  }
  if (Array.isArray(recorded)) {
    return (
      Array.isArray(asked) &&
      asked.length === recorded.length &&
      recorded.every((item, index) => fitsScrubbed(item, asked[index]))
    );
  }
  if (!isRecord(recorded) || !isRecord(asked)) return recorded === asked;
  const names = Object.keys(recorded);
  // Safe: both came out of JSON.
  const member = (of: object, name: string) => Reflect.get(of, name) as Json | undefined;
  return (
    names.length === Object.keys(asked).length &&
    names.every((name) => Object.hasOwn(asked, name) && fitsScrubbed(member(recorded, name), member(asked, name)))
  );
}

function textFits(recorded: string, asked: string): boolean {
  const [start = "", ...pieces] = recorded.split(SCRUBBED);
  const end = pieces.pop();
  if (end === undefined) return recorded === asked;
  if (!asked.startsWith(start) || !asked.endsWith(end) || asked.length < start.length + end.length) return false;
  let at = start.length;
  for (const piece of pieces) {
    const found = asked.indexOf(piece, at);
    if (found < 0 || found + piece.length > asked.length - end.length) return false;
    at = found + piece.length;
  }
  return at <= asked.length - end.length;
}
