import { expect, test } from "vitest";
import { lastWords } from "./last-words.ts";
import { toldBy } from "./told-by.ts";

test("what llama.cpp wrote of a failure is told, also where it comes just after it", async () => {
  const told = toldBy(new Error("Failed to load model"));
  queueMicrotask(() => lastWords.add("unknown model architecture\n"));
  expect(await told).toBe("Failed to load model; unknown model architecture");
});
