import { describe, expect, it } from "vitest";
import { failureOf, renderWith } from "../../tests/render-template.ts";

const variables = { n: 5, f: 2.5, t: true, z: null, l: ["a", "b"], o: { a: 1 } };

describe("printf", () => {
  it.each([
    ['{{printf "%s-%v-%d" "a" 1.5 3}}', "a-1.5-3"],
    ['{{printf "%s %s %s %v" .t .n .z .o}}', 'true 5 <no value> {"a":1}'],
    ['{{printf "%d" .n}} {{printf "%d" 9007199254740991}}', "5 9007199254740991"],
    ['{{printf "%q %q" "a\\"b" .l}} {{printf "%q" 120}}', '"a\\"b" ["a","b"] \'x\''],
    ['{{printf "%f %.2f %.0f %5.1f" 1.5 0.125 2.5 3.14159}}', "1.500000 0.12 2   3.1"],
    [
      '{{printf "[%5d][%-5d][%05d][%+d][% d][%-5s][%5s]" 42 42 -42 42 42 "ab" "ab"}}',
      "[   42][42   ][-0042][+42][ 42][ab   ][   ab]",
    ],
    ['{{printf "[%4s]" "é"}} {{printf "%.2s" "日本語"}}', "[   é] 日本"],
    ['{{printf "%t %t" .t false}}', "true false"],
    ['{{printf "%x %X %x %#x %o %b %c %U" "hi" "hi" 255 255 8 5 233 233}}', "6869 6869 ff 0xff 10 101 é U+00E9"],
    ['{{printf "%e %g %G %E" .f .f 1e21 1e-7}}', "2.500000e+00 2.5 1E+21 1.000000E-07"],
    [
      '{{printf "%g %g %g %.3g %.3g %.10g" 100000.0 1234567.0 0.00001 1234.5 0.00012345 0.5}}',
      "100000 1.234567e+06 1e-05 1.23e+03 0.000123 0.5",
    ],
    ['{{printf "%T %T %T %T %T %T" "s" 1 true .l .o .z}}', "string number bool array object null"],
    ['{{printf "[%*d] [%-*d] [%.*f]" 5 42 5 42 1 3.14}}', "[   42] [42   ] [3.1]"],
    ['{{printf "%[2]s %[1]s" "a" "b"}}', "b a"],
    ['{{printf "[%6.3v][%05v][%.2v][%5v]" 3.14159 42 "abc" 7}}', "[  3.14][00042][ab][    7]"],
    ['{{printf "100%%"}}', "100%"],
    ['{{.n | printf "%d items in %s" 3}}', "3 items in 5"],
  ])("%s renders %s", (source, text) => {
    expect(renderWith(source, variables)).toBe(text);
  });

  it.each([
    ['{{printf "%s %s" "a"}}', "a %!s(MISSING)"],
    ['{{printf "%s" "a" "b" 1}}', "a%!(EXTRA string=b, number=1)"],
    ['{{printf "%z" "a"}}', "%!z(string=a)"],
    ['{{printf "%d %d %d" "a" .f .z}}', "%!d(string=a) %!d(number=2.5) %!d(<no value>)"],
    ['{{printf "%[3]s" "a"}}', "%!s(BADINDEX)"],
    ['{{printf "50%"}}', "50%!(NOVERB)"],
    ['{{printf "%99999999d" 1}}', "%!(BADWIDTH)%!(EXTRA number=1)"],
    ['{{printf "%.9999f" 1}}', "%!(BADPREC)%!(EXTRA number=1)"],
  ])("%s marks what does not fit as %s", (source, text) => {
    expect(renderWith(source, variables)).toBe(text);
  });

  it("needs a format in quotes", () => {
    expect(failureOf(() => renderWith("{{printf .n}}", variables)).message).toContain("printf needs a format");
  });
});
