import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { available } from "./available.ts";

const [a, b] = [scriptedBackend({ id: "a" }), scriptedBackend({ id: "b" })];
const [one, two, three] = [
  { backend: a, model: { id: "x" } },
  { backend: b, model: { id: "x" } },
  { backend: a, model: { id: "y" } },
];

test("keeps all where nothing was tried", () => {
  expect(available([one, two], [])).toEqual({ kept: [one, two], dropped: [] });
});

test("leaves out what was tried, and only that: the same model elsewhere and another model there stay", () => {
  const { kept, dropped } = available([one, two, three], [{ backend: a, model: { id: "x" } }]);
  expect(kept).toEqual([two, three]);
  expect(dropped).toEqual([{ candidate: one, stage: "available", why: "it was tried already" }]);
});
