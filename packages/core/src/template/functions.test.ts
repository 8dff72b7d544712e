import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failureOf, renderWith } from "../../tests/render-template.ts";
import { TemplateError } from "../errors/template-error.ts";
import type { Json } from "../value/json.ts";
import { FUNCTION_NAMES } from "./functions.ts";

const variables: { [name: string]: Json } = {
  n: 5,
  f: 2.5,
  t: true,
  z: null,
  e: "",
  s: "abcdef",
  u: "é日𝒳a",
  l: [1, "x", null],
  o: { b: 1, a: "y" },
};

function rendered(source: string): string {
  return renderWith(source, variables);
}

describe("comparisons", () => {
  it.each([
    ["{{eq .n 5}} {{eq 5 .n}} {{eq .n 5.0}}", "true true true"],
    ['{{eq .s "x" "y" "abcdef"}} {{eq .s "x" "y"}}', "true false"],
    ['{{eq .nope "x"}} {{eq .z "x"}} {{eq .z .nope}} {{eq .z nil}}', "false false true true"],
    ["{{eq .t true}} {{ne .t true}}", "true false"],
    ['{{lt "10" "9"}} {{lt 10 9}}', "true false"],
    ["{{lt .f 3}} {{le .n 5}} {{gt .n 5.5}} {{ge .n 5}}", "true true false true"],
  ])("%s renders %s", (source, text) => {
    expect(rendered(source)).toBe(text);
  });

  it.each([
    ['{{eq .n "5"}}', "cannot compare a number with a string"],
    ["{{eq .o .o}}", "objects and arrays cannot be compared"],
    ["{{lt true false}}", "cannot compare a boolean with a boolean"],
    ["{{gt .z 1}}", "cannot compare null with a number"],
  ])("%s fails at the call", (source, message) => {
    const failure = failureOf(() => rendered(source));
    expect(failure).toMatchObject({ code: "template_failed", line: 1, column: 3 });
    expect(failure.message).toContain(message);
  });
});

describe("logic", () => {
  it.each([
    ['{{or "" "b"}}|{{or "a" "b"}}|{{or 0 false}}', "b|a|false"],
    ['{{or .nope "dflt"}} {{.e | or 0}}', "dflt "],
    ["{{and .t .n}} {{and 0 .n}} {{and 1}}", "5 0 1"],
    ["{{not .e}} {{not .n}}", "true false"],
    ["{{or .t (index .l 99)}} {{and false (index .l 99)}}", "true false"],
  ])("%s renders %s", (source, text) => {
    expect(rendered(source)).toBe(text);
  });
});

describe("collections", () => {
  it.each([
    ["{{len .s}} {{len .u}} {{len .l}} {{len .o}}", "6 4 3 2"],
    [
      '{{index .l 0}} {{index .l 2}} {{index .o "a"}} {{index .o "nope"}} {{index .l}}',
      '1 <no value> y <no value> [1,"x",null]',
    ],
    ["{{slice .s 1 3}}|{{slice .s 2}}|{{slice .s}}|{{slice .l 1}}", 'bc|cdef|abcdef|["x",null]'],
    ["{{slice .u 1 3}}|{{slice .u 3}}", "日𝒳|a"],
  ])("%s renders %s", (source, text) => {
    expect(rendered(source)).toBe(text);
  });

  it.each([
    ["{{len .n}}", "but got a number"],
    ["{{len .nope}}", "but got a missing value"],
    ["{{index .l 3}}", "the array has 3 elements"],
    ["{{index .l -1}}", "out of range"],
    ["{{index .l 0.5}}", "whole number"],
    ['{{index .l "a"}}', "but got a string"],
    ["{{index .o 1}}", "needs a string"],
    ["{{index .z 0}}", "but got null"],
    ["{{slice .s 1 9}}", "the length is 6"],
    ["{{slice .s 3 1}}", "behind the end"],
    ["{{slice .o 0 1}}", "but got an object"],
  ])("%s fails", (source, message) => {
    const failure = failureOf(() => rendered(source));
    expect(failure.code).toBe("template_failed");
    expect(failure.message).toContain(message);
  });
});

describe("text", () => {
  it.each([
    ['{{print "a" 1 2 "b" 3}}|{{print 1 2}}|{{print}}', "a1 2b3|1 2|"],
    ['{{println "a" 1 .z}}', "a 1 <no value>\n"],
    ['{{html "<i>&\'"}}', "&lt;i&gt;&amp;&#39;"],
    ["{{js `<a='b'>\\`}}", "\\u003Ca\\u003D\\'b\\'\\u003E\\\\"],
    ['{{urlquery "a b&c=é!"}}', "a+b%26c%3D%C3%A9%21"],
    ['{{"<b>" | html | print "x"}}', "x&lt;b&gt;"],
    ["{{toJson .o}} {{toJson .s}} {{toJson .nope}}", '{"b":1,"a":"y"} "abcdef" null'],
    ['{{.nope | default "none"}} {{.e | default .n}} {{.s | default "none"}}', "none 5 abcdef"],
    ['{{upper .s}} {{"ÄB" | lower}} [{{.nope | upper}}]', "ABCDEF äb []"],
    ["{{trim `  x \n`}}|{{.u | trunc 3}}|{{trunc -2 .u}}|{{trunc 99 .s}}|{{trunc 0 .s}}", "x|é日𝒳|𝒳a|abcdef|"],
    ['{{join ", " .l}}|{{.nope | join "-"}}', "1, x, <no value>|"],
  ])("%s renders %j", (source, text) => {
    expect(rendered(source)).toBe(text);
  });

  it.each([
    ["{{trunc .s 3}}", "trunc needs a whole number first"],
    ["{{join .l .s}}", "join needs a string first"],
    ['{{join "," .s}}', "join needs an array"],
  ])("%s fails", (source, message) => {
    expect(failureOf(() => rendered(source)).message).toContain(message);
  });
});

describe("any function with any arguments", () => {
  it("gives a text or a template error", () => {
    const value = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom("%d %s %5.2f", "%*[2]d", -0, 1e300, "\ud800"),
    );
    fc.assert(
      fc.property(fc.constantFrom(...FUNCTION_NAMES), fc.array(value, { maxLength: 4 }), (name, values) => {
        const names = values.map((_, index) => `.v${index}`);
        // Safe: fast-check makes JSON, under a type of its own.
        const entries = values.map((item, index) => [`v${index}`, item as Json] as const);
        const source = `{{${[name, ...names].join(" ")}}}`;
        try {
          expect(typeof renderWith(source, Object.fromEntries(entries))).toBe("string");
        } catch (error) {
          expect(error).toBeInstanceOf(TemplateError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
