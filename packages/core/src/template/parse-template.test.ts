import { describe, expect, it } from "vitest";
import { failureOf, renderWith } from "../../tests/render-template.ts";
import type { Json } from "../value/json.ts";
import { parseTemplate } from "./parse-template.ts";

const input: Json = {
  user: { name: "Ann", age: 30, tags: ["a", "b"], addr: { city: "Oslo" } },
  repos: [{ name: "r1" }, { name: "r2" }],
  n: 5,
  f: 2.5,
  t: true,
  fa: false,
  z: null,
  e: "",
  zero: 0,
  ea: [],
  em: {},
  s: "str",
  "k d": "space",
};
const variables = { input, "my-task": "dashed", "1": "one", "1a": "two", größe: "big" };

function rendered(source: string): string {
  return renderWith(source, variables);
}

describe("fields", () => {
  it.each([
    ["Hello {{.input.s}}!", "Hello str!"],
    ["{{.input.user.addr.city}}", "Oslo"],
    ["{{\n.input.s\n}}", "str"],
    ["{{.nope}}", "<no value>"],
    ["{{.nope.deep.path}}", "<no value>"],
    ["{{.input.z}}", "<no value>"],
    ["{{.1}} {{.1a}} {{.größe}}", "one two big"],
    ['{{index . "my-task"}}', "dashed"],
    ["{{$.input.n}}", "5"],
    ["{{(index .input.repos 0).name}}", "r1"],
    ["{{$x := .input.user}}{{$x.addr.city}}", "Oslo"],
  ])("%s renders %s", (source, text) => {
    expect(rendered(source)).toBe(text);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("never reaches %s of an object", (name) => {
    expect(rendered(`{{.input.${name}}} {{.input.user.${name}.x}} {{index .input "${name}"}}`)).toBe(
      "<no value> <no value> <no value>",
    );
  });

  it.each([
    ["{{.input.z.a}}", "cannot read .a of null", 11],
    ["{{.input.n.a}}", "cannot read .a of a number", 11],
    ["{{.input.s.a}}", "cannot read .a of a string", 11],
    ["{{.input.repos.name}}", "cannot read .name of an array: write (index … 0)", 15],
  ])("%s fails with %j", (source, message, column) => {
    const failure = failureOf(() => rendered(source));
    expect(failure).toMatchObject({ code: "template_failed", line: 1, column });
    expect(failure.message).toContain(message);
  });
});

describe("printing", () => {
  it("prints numbers as JavaScript does, objects and arrays as JSON, and escapes nothing", () => {
    const values = { big: 1234567.5, id: 123456789, tiny: 1e-7, o: { b: 1, a: null }, l: [1, "x"], h: "<i>&" };
    expect(renderWith("{{.big}} {{.id}} {{.tiny}} {{.o}} {{.l}} {{.h}}", values)).toBe(
      '1234567.5 123456789 1e-7 {"b":1,"a":null} [1,"x"] <i>&',
    );
  });

  it("reads every kind of constant", () => {
    expect(rendered("{{1}} {{1.5}} {{1e3}} {{0x10}} {{0b11}} {{0o17}} {{1_000}} {{true}} {{-7}} {{'a'}} {{nil}}")).toBe(
      "1 1.5 1000 16 3 15 1000 true -7 97 <no value>",
    );
    expect(rendered('{{"a\\tb\\u00e9\\x41\\101\\"\\\\"}}{{`a"b\\n`}}')).toBe('a\tbéAA"\\a"b\\n');
  });

  it("keeps the text around the actions to the letter", () => {
    expect(rendered("a\r\n\n{{.input.s}}\n } {{/* no */}} {")).toBe("a\r\n\nstr\n }  {");
  });

  it("gives text without actions back as it is, and reads nothing", () => {
    const template = parseTemplate("plain } { text");
    expect(template.render({ get: () => "x", all: () => ({}) })).toBe("plain } { text");
    expect(template.renderValue({})).toBe("plain } { text");
    expect(template.reads).toEqual([]);
  });
});

describe("white space and comments", () => {
  it.each([
    ["a {{- .input.s}} b", "astr b"],
    ["a {{.input.s -}} \n b", "a strb"],
    ["a \n{{- .input.s -}}\t b", "astrb"],
    ["a {{-3}} b", "a -3 b"],
    ["a{{/* hidden }} */}}b", "ab"],
    ["a {{- /* hidden */ -}} b", "ab"],
    ["{{.input.s -}}", "str"],
  ])("%j renders %j", (source, text) => {
    expect(rendered(source)).toBe(text);
  });
});

describe("if and with", () => {
  it.each([
    ["{{if .input.t}}T{{else}}F{{end}}", "T"],
    ["{{if .input.fa}}1{{else if .input.zero}}2{{else}}3{{end}}", "3"],
    ["{{if .input.fa}}1{{else if .input.n}}2{{else}}3{{end}}", "2"],
    ["{{if .input.em}}T{{else}}F{{end}}{{if .input.ea}}T{{else}}F{{end}}{{if .input.e}}T{{else}}F{{end}}", "FFF"],
    ["{{if .nope}}T{{end}}{{if .input.repos}}T{{end}}", "T"],
    ["{{if $x := .input.s}}{{$x}}{{else}}{{$x}}!{{end}}", "str"],
    ["{{with .input.user}}{{.name}} {{$.input.n}}{{end}}", "Ann 5"],
    ["{{with .input.e}}x{{else with .input.s}}{{.}}{{end}}", "str"],
    ["{{with .input.e}}x{{else}}{{.input.s}}{{end}}", "str"],
    ["{{with $u := .input.user}}{{$u.name}}{{end}}", "Ann"],
    ["{{if .}}T{{end}}", "T"],
  ])("%s renders %s", (source, text) => {
    expect(rendered(source)).toBe(text);
  });
});

describe("range", () => {
  it.each([
    ["{{range .input.user.tags}}<{{.}}>{{end}}", "<a><b>"],
    ["{{range $e := .input.user.tags}}{{$e}};{{end}}", "a;b;"],
    ["{{range $i, $e := .input.user.tags}}{{$i}}={{$e}};{{end}}", "0=a;1=b;"],
    ["{{range $k, $v := .input.user.addr}}{{$k}}={{$v}}{{end}}", "city=Oslo"],
    ["{{range 3}}{{.}},{{end}}", "0,1,2,"],
    ["{{range .input.n}}x{{end}}", "xxxxx"],
    ["{{range .input.ea}}x{{else}}none{{end}}", "none"],
    [
      "{{range .input.z}}x{{else}}none{{end}}{{range .nope}}x{{else}}none{{end}}{{range 0}}x{{else}}none{{end}}",
      "nonenonenone",
    ],
    ["{{range .input.repos}}{{.name}}{{.input}},{{end}}", "r1<no value>,r2<no value>,"],
    ["{{range 9}}{{if eq . 2}}{{continue}}{{end}}{{if eq . 5}}{{break}}{{end}}{{.}}{{end}}", "0134"],
    ['{{$x := "a"}}{{range .input.user.tags}}{{$x = .}}{{end}}{{$x}}', "b"],
    [
      "{{range $i, $_ := .input.repos}}{{range $j, $_ := $.input.user.tags}}{{$i}}{{$j}} {{end}}{{end}}",
      "00 01 10 11 ",
    ],
  ])("%s renders %s", (source, text) => {
    expect(rendered(source)).toBe(text);
  });

  it("goes through the variables in the order of their names", () => {
    expect(renderWith("{{range $k, $v := .}}{{$k}}={{$v}} {{end}}", { b: 2, a: 1 })).toBe("a=1 b=2 ");
  });

  it.each([["{{range .input.s}}x{{end}}"], ["{{range .input.f}}x{{end}}"], ["{{range .input.t}}x{{end}}"]])(
    "%s fails",
    (source) => {
      expect(failureOf(() => rendered(source))).toMatchObject({ code: "template_failed", line: 1, column: 9 });
    },
  );
});

describe("variables", () => {
  it("hides the outer variable inside a block only", () => {
    expect(rendered("{{$x := 1}}{{if true}}{{$x := 2}}{{$x}}{{end}}{{$x}}")).toBe("21");
    expect(rendered("{{$x := 1}}{{if true}}{{$x = 2}}{{$x}}{{end}}{{$x}}")).toBe("22");
    expect(rendered("{{$x := 1}}{{with $x := len (print $x 2)}}{{$x}}{{end}}")).toBe("3");
  });
});

describe("define, template and block", () => {
  it.each([
    ['{{define "t"}}<{{.}}>{{end}}{{template "t" .input.s}}', "<str>"],
    ['{{template "t"}}{{define "t"}}<{{.}}>{{end}}', "<<no value>>"],
    ['{{block "b" .input.s}}[{{.}}]{{end}}', "[str]"],
    ['{{define "t"}}{{$.name}}{{end}}{{range .input.repos}}{{template "t" .}}{{end}}', "r1r2"],
    ['{{define "u"}}{{.input.s}}{{end}}{{template "u" .}}{{template "u" $}}', "strstr"],
    ['{{define "a"}}{{template "b" .}}{{end}}{{define "b"}}({{.}}){{end}}{{template "a" 1}}', "(1)"],
  ])("%s renders %s", (source, text) => {
    expect(rendered(source)).toBe(text);
  });
});

describe("recursion", () => {
  it("follows a list that refers to itself", () => {
    const list = { v: 1, next: { v: 2, next: { v: 3, next: null } } };
    const source = '{{define "n"}}{{.v}}{{with .next}},{{template "n" .}}{{end}}{{end}}{{template "n" .list}}';
    expect(renderWith(source, { list })).toBe("1,2,3");
  });
});

describe("renderValue", () => {
  it("takes the value itself for the root", () => {
    const template = parseTemplate("{{.a}} {{$.b.c}} {{.}}");
    expect(template.renderValue({ a: 1, b: { c: "x" } })).toBe('1 x {"a":1,"b":{"c":"x"}}');
    expect(parseTemplate("{{range .}}{{.}};{{end}}{{len .}}").renderValue(["a", 1, null])).toBe("a;1;<no value>;3");
  });

  it("prints a null root and its fields as missing", () => {
    expect(parseTemplate("<{{.}}> <{{.a}}>").renderValue(null)).toBe("<<no value>> <<no value>>");
  });
});

describe("the names of chat fields", () => {
  const chat = {
    messages: [
      { role: "user", content: "hi", timestamp: "0001-01-01T00:00:00Z" },
      { role: "assistant", callTools: [{ id: "c1", function: { name: "f", arguments: "{}" } }] },
    ],
    model: "m1",
    inputTokens: 7,
    outputTokens: 0,
  };

  it("can be those of contenox/runtime or those of the JSON", () => {
    expect(
      renderWith("{{len .c.Messages}} {{.c.Model}} {{.c.InputTokens}} {{(index .c.Messages 0).Content}}", { c: chat }),
    ).toBe("2 m1 7 hi");
    expect(renderWith("{{range .c.messages}}{{.role}}: {{.content}}|{{end}}", { c: chat })).toBe(
      "user: hi|assistant: <no value>|",
    );
  });

  it("are empty where the message has no such field", () => {
    expect(
      renderWith("{{range .c.Messages}}[{{.Content}}]{{range .CallTools}}{{.Function.Name}}{{end}}{{end}}", {
        c: chat,
      }),
    ).toBe("[hi][]f");
    expect(renderWith("{{.r.MaxTokens}} {{.r.Stream}}", { r: { model: "", messages: [] } })).toBe("0 false");
  });

  it("give way to a property of exactly that name", () => {
    expect(renderWith("{{.o.Content}}", { o: { Content: "exact", content: "other" } })).toBe("exact");
    expect(renderWith("{{.o.Nope}} {{.o.Content}}", { o: { x: 1 } })).toBe("<no value> <no value>");
  });
});

describe("a point and digits", () => {
  it("are a fraction where nothing has that name, as in Go", () => {
    expect(parseTemplate("{{gt .score .5}} {{.25}}").renderValue({ score: 0.7 })).toBe("true 0.25");
    expect(parseTemplate("{{range .}}{{if gt . .5}}{{.}} {{end}}{{end}}").renderValue([0.4, 0.6])).toBe("0.6 ");
  });

  it("are the variable of that name where there is one", () => {
    expect(parseTemplate("{{.5}}").renderValue({ "5": "five" })).toBe("five");
  });

  it("name no variable that has to be set", () => {
    expect(parseTemplate("{{gt .score .5}}").reads).toEqual(["score"]);
  });
});
