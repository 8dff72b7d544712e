import { describe, expect, it } from "vitest";
import { failureOf } from "../../tests/render-template.ts";
import { parseTemplate } from "./parse-template.ts";

/** Source, line, column, and a part of the message. */
const malformed: [string, number, number, string][] = [
  ["one\ntwo {{.input\nthree", 2, 5, "never closed: end it with }}"],
  ["{{", 1, 1, "never closed"],
  ["a{{}}b", 1, 4, "expected a value, but found the end of the action"],
  ["{{{.input}}}", 1, 3, "exactly two braces"],
  ['{{"abc}}', 1, 3, "this string is never closed"],
  ["{{`abc}}", 1, 3, "end it with `"],
  ['{{"a\nb"}}', 1, 3, "never closed"],
  ['{{"a\\d"}}', 1, 5, "is no escape"],
  ["{{'ab'}}", 1, 3, "exactly one character"],
  ["a\n{{/* hidden }}b", 2, 1, "this comment is never closed"],
  ["{{/* a */ .x}}", 1, 10, "must fill its action"],
  ["{{.my-task}}", 1, 6, 'write (index . "my-task")'],
  ["{{.input.k-d.x}}", 1, 11, 'write (index .input "k-d")'],
  ["{{($x).k-d}}", 1, 9, 'write (index … "k-d")'],
  ["{{.input.}}", 1, 9, "a name must follow the point"],
  ["{{..input}}", 1, 4, "unexpected .input"],
  ["{{.input & 1}}", 1, 10, 'unexpected character "&"'],
  ["{{1 + 2}}", 1, 5, "no arithmetic"],
  ["a {{-.input}} b", 1, 5, "a space must follow"],
  ["{{12kg}}", 1, 3, "is read as .12kg"],
  ["{{99999999999999999999}}", 1, 3, "write it as a string"],
  ["{{1e999}}", 1, 3, "too large"],
  ["{{.a 1}}", 1, 6, "only functions take arguments"],
  ["{{3 4}}", 1, 5, "only functions take arguments"],
  ['{{print "a""b"}}', 1, 12, "put a space before it"],
  ["{{.a | .b}}", 1, 8, "a function must stand"],
  ["{{.a |}}", 1, 7, "expected a value"],
  ["{{tojson .a}}", 1, 3, "did you mean toJson?"],
  ["{{input}}", 1, 3, "write .input"],
  ["x\n  {{print (uper .a)}}", 2, 12, "did you mean upper?"],
  ["{{(.a}}", 1, 6, "a parenthesis is never closed"],
  ["{{.a)}}", 1, 5, "unexpected )"],
  ["{{ ) }}", 1, 4, "no parenthesis is open"],
  ["{{$nope}}", 1, 3, "there is no variable $nope"],
  ["{{$name := 1}}{{$nam}}", 1, 17, "did you mean $name?"],
  ["{{if .a}}{{$x := 1}}{{end}}{{$x}}", 1, 30, "there is no variable $x"],
  ["{{$x, $y := .a}}", 1, 5, "only range declares two variables"],
  ["{{range $x, 3}}{{end}}", 1, 13, "a second variable"],
  ["{{range $x, $y .a}}{{end}}", 1, 16, "expected :="],
  ["{{if .a}}x", 1, 1, "this block is never closed"],
  ["{{if .a}}{{range .b}}{{end}}", 1, 1, "this block is never closed"],
  ["{{end}}", 1, 3, "no block is open"],
  ["{{else}}", 1, 3, "no block is open"],
  ["{{if .a}}1{{else}}2{{else}}3{{end}}", 1, 22, "has an else already"],
  ["{{range .a}}{{else if .b}}{{end}}", 1, 20, "expected }} after else"],
  ["{{if .a}}{{end 1}}", 1, 16, "expected }} after end"],
  ["{{if}}{{end}}", 1, 5, "expected a value"],
  ["{{break}}", 1, 3, "only inside range"],
  ['{{range .a}}{{define "t"}}{{end}}{{end}}', 1, 15, "outside of every block"],
  ['{{range .a}}{{block "t" .}}{{break}}{{end}}{{end}}', 1, 30, "only inside range"],
  ["{{define t}}{{end}}", 1, 10, "a name in quotes"],
  ['{{template "x"}}', 1, 3, 'no template "x" is defined'],
  ['{{define "footer"}}{{end}}{{template "foter"}}', 1, 29, 'did you mean "footer"?'],
  ["{{eq .a}}", 1, 3, "eq needs at least 2 arguments, but gets 1"],
  ["{{printf}}", 1, 3, "printf needs at least 1 argument,"],
  ["{{.a | len 1}}", 1, 8, "len needs 1 argument, but gets 2"],
  ["{{print .a if}}", 1, 12, "must stand first in its action"],
];

describe("a malformed template", () => {
  it.each(malformed)("%j is refused at line %i, column %i", (source, line, column, message) => {
    const failure = failureOf(() => parseTemplate(source));
    expect(failure.message).toContain(message);
    expect(failure).toMatchObject({ code: "template_syntax", line, column });
  });

  it("is refused where it is too long", () => {
    expect(failureOf(() => parseTemplate("x".repeat(300_000))).message).toContain("262144 characters");
  });

  it("is refused where it is nested too deep", () => {
    const blocks = "{{if .a}}".repeat(101) + "{{end}}".repeat(101);
    expect(failureOf(() => parseTemplate(blocks))).toMatchObject({ code: "template_syntax", column: 901 });
    const parentheses = `{{${"(".repeat(5000)}1${")".repeat(5000)}}}`;
    expect(failureOf(() => parseTemplate(parentheses)).message).toContain("nested more than 100 deep");
  });

  it("may be wide: many branches and long pipelines are not nested", () => {
    const branches = `{{if .a}}${"{{else if .a}}".repeat(5000)}{{else}}last{{end}}`;
    const pipeline = `{{"x"${" | print".repeat(20_000)}}}`;
    const scope = { get: () => undefined, all: () => ({}) };
    expect(parseTemplate(branches).render(scope)).toBe("last");
    expect(parseTemplate(pipeline).render(scope)).toBe("x");
  });
});
