import { expect, test } from "vitest";
import { isSameModel } from "./is-same-model.ts";

test.each([
  ["llama3", "llama3", true],
  ["llama3", "llama3:latest", true],
  ["llama3:8b", "llama3:latest", false],
  ["llama3", "llama3:8b", false],
  ["llama3", "Llama3", false],
  ["127.0.0.1:5000/library/x", "127.0.0.1:5000/library/x:latest", true],
  ["", ":latest", true],
] as const)("%j and %j: %j, in either order", (one, other, same) => {
  expect([isSameModel(one, other), isSameModel(other, one)]).toEqual([same, same]);
});
