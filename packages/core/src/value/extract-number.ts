import { NAME_SOURCE, NUMBER_SOURCE, readNumber } from "./number-pattern.ts";

const pattern = new RegExp(`${NAME_SOURCE}|(${NUMBER_SOURCE})`, "giu");

/**
 * The first number in a text. `1,234` `1'234` `1_234` `1 234` are thousands; a digit that follows a letter, or a letter and a
 * hyphen, belongs to a name (`GPT-4 says 7` is 7); letters after it do not matter (`5kg`). NaN and infinity are no numbers.
 */
export function extractNumber(text: string): number | undefined {
  for (const [, found] of text.matchAll(pattern)) {
    if (found === undefined) continue;
    const number = readNumber(found);
    if (Number.isFinite(number)) return number;
  }
  return undefined;
}
