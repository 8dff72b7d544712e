import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { runs } from "../../tests/property-runs.ts";
import { failureOf, renderWith } from "../../tests/render-template.ts";
import { TemplateError } from "../errors/template-error.ts";
import { parseTemplate } from "./parse-template.ts";

describe("limits", () => {
  it("ends a rendering that never would", () => {
    const source = "{{range 10000}}{{range 10000}}{{end}}{{end}}";
    expect(failureOf(() => renderWith(source, {}))).toMatchObject({ code: "template_failed", line: 1, column: 18 });
    expect(failureOf(() => renderWith(source, {})).message).toContain("1000000 operations");
  });

  it("ends templates that call each other for ever", () => {
    const source = '{{define "a"}}{{template "b"}}{{end}}{{define "b"}}{{template "a"}}{{end}}{{template "a"}}';
    expect(failureOf(() => renderWith(source, {})).message).toContain("more than 1000 blocks deep");
  });

  it("ends a recursion through deep blocks before the stack is full", () => {
    const body = `${"{{if true}}".repeat(99)}{{template "a"}}${"{{end}}".repeat(99)}`;
    const source = `{{define "a"}}${body}{{end}}{{template "a"}}`;
    expect(failureOf(() => renderWith(source, {})).message).toContain("more than 1000 blocks deep");
  });

  it("counts long lists that are joined to nothing", () => {
    const source = '{{range 100000}}{{$x := join "" $.list}}{{end}}';
    const list = new Array<string>(50_000).fill("");
    expect(failureOf(() => renderWith(source, { list })).message).toContain("operations");
  });

  it("ends an output that grows too long", () => {
    const source = "{{range 200}}{{$.text}}{{end}}";
    const failure = failureOf(() => renderWith(source, { text: "x".repeat(100_000) }));
    expect(failure.message).toContain("the output is longer than 4194304 characters");
  });

  it.each(["print $x $x", 'printf "%s%s" $x $x', "print $x $x | html", "join $x (slice $.l 0 2)"])(
    "ends a text that %s doubles at each turn",
    (grow) => {
      const source = `{{$x := "xxxxxxxxxx"}}{{range 60}}{{$x = ${grow}}}{{$x = print $x $x}}{{end}}`;
      expect(failureOf(() => renderWith(source, { l: ["a", "b"] })).message).toContain("the text is longer than");
    },
  );

  it("counts long texts that are made and never written", () => {
    const source = "{{range 100000}}{{len (toJson $.text)}}{{end}}";
    expect(failureOf(() => renderWith(source, { text: "x".repeat(1_000_000) })).message).toContain("operations");
  });
});

describe("any text at all", () => {
  const piece = fc.constantFrom(
    ...'{{ }} . $ $x := = | ( ) , if else end range with define template block break print printf index .a .b.c 1 -2 " \' ` - {{- -}} /* */ "t" true nil'.split(
      " ",
    ),
    " ",
    "\n",
    "x",
  );

  it("renders, or is refused with a template error inside the text", () => {
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const source = pieces.join("");
        try {
          renderWith(source, { a: [1, { x: 2 }], b: { c: "d" } });
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
          const lines = source.split("\n");
          const { line, column } = error as TemplateError;
          expect(line).toBeGreaterThanOrEqual(1);
          expect(line).toBeLessThanOrEqual(lines.length);
          expect(column).toBeLessThanOrEqual((lines[line - 1] ?? "").length + 1);
        }
      }),
      runs(100),
    );
  });

  it("comes back as it is where it holds no action", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        fc.pre(!text.includes("{{"));
        expect(parseTemplate(text).renderValue(null)).toBe(text);
      }),
    );
  });
});
