/** Characters from one code point to another, both included. */
export type CharacterRange = readonly [from: number, to: number];

/** The characters that stand in a JSON text as they are: no quote, backslash or control character. */
const PLAIN: readonly CharacterRange[] = [
  [0x20, 0x21],
  [0x23, 0x5b],
  [0x5d, 0x7e],
  [0xa0, 0xd7ff],
  [0xe000, 0xfffd],
  [0x10000, 0x10ffff],
];
const LAST = 0x10ffff;

/** All other characters. */
export function othersThan(ranges: readonly CharacterRange[]): readonly CharacterRange[] {
  const others: CharacterRange[] = [];
  let next = 0;
  for (const [from, to] of [...ranges].sort(([one], [other]) => one - other)) {
    if (from > next) others.push([next, from - 1]);
    next = Math.max(next, to + 1);
  }
  return next > LAST ? others : [...others, [next, LAST]];
}

/** A rule for one of the characters, those that JSON writes with a backslash left out; undefined where there are no others. */
export function classRule(ranges: readonly CharacterRange[]): string | undefined {
  const joined = othersThan(othersThan(ranges));
  const plain = joined.flatMap(([from, to]) =>
    PLAIN.flatMap(([first, last]): CharacterRange[] => {
      const both: CharacterRange = [Math.max(from, first), Math.min(to, last)];
      return both[0] > both[1] ? [] : [both];
    }),
  );
  if (plain.length === 0) return undefined;
  return `[${plain.map(([from, to]) => (from === to ? spelled(from) : `${spelled(from)}-${spelled(to)}`)).join("")}]`;
}

/** Only letters and digits mean nothing else in a class. */
function spelled(code: number): string {
  const character = String.fromCodePoint(code);
  if (/[A-Za-z0-9]/.test(character)) return character;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, "0")}` : `\\U${digits.padStart(8, "0")}`;
}
