import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LineSplitter, parseLine } from "./line-splitter.ts";

describe("LineSplitter", () => {
  it("finds the same lines wherever the bytes are cut, also inside a character", () => {
    const lines = fc.array(
      fc.string({ unit: "grapheme" }).map((text) => JSON.stringify({ text })),
      { maxLength: 8 },
    );
    const cuts = fc.array(fc.nat(200), { maxLength: 10 });
    fc.assert(
      fc.property(lines, cuts, fc.boolean(), (wanted, places, endsWithNewline) => {
        const bytes = new TextEncoder().encode(wanted.join("\n") + (endsWithNewline ? "\n" : ""));
        const edges = [0, ...places.map((place) => Math.min(place, bytes.length)).sort((a, b) => a - b), bytes.length];
        const splitter = new LineSplitter();
        const found = edges.slice(1).flatMap((edge, index) => splitter.lines(bytes.subarray(edges[index], edge)));
        expect([...found, ...splitter.lines()]).toEqual(wanted);
      }),
    );
  });
});

describe("parseLine", () => {
  it("takes what is no object for an empty one", () => {
    for (const line of ["", "nonsense", "5", "null", '"text"', "{"]) expect(parseLine(line)).toEqual({});
    expect(parseLine('{"a":1}')).toEqual({ a: 1 });
  });
});
