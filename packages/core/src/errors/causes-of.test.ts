import { expect, test } from "vitest";
import { causesOf } from "./causes-of.ts";

test("tells an error and what caused it, from the outside in", () => {
  const root = new Error("root");
  const middle = new AggregateError([root, new Error("another")], "both failed");
  const outer = new Error("outer", { cause: middle });
  expect(causesOf(outer)).toEqual([outer, middle, root]);
  expect(causesOf("words")).toEqual(["words"]);
  expect(causesOf(new Error("x", { cause: "words" }))).toHaveLength(1);
});

test("ends where a cause leads back to its own effect", () => {
  const first = new Error("first");
  const second = new Error("second", { cause: first });
  first.cause = second;
  expect(causesOf(first)).toEqual([first, second]);
});

test("ends where each cause makes another", () => {
  class Endless extends Error {
    override get cause(): Error {
      return new Endless("again");
    }
  }
  expect(causesOf(new Endless("again"))).toHaveLength(16);
});

test("ends where a cause throws when it is read", () => {
  const odd = {
    get cause() {
      throw new Error("no");
    },
  };
  expect(causesOf(odd)).toEqual([odd]);
});
