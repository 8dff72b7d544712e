import { resolve } from "node:path";
import { expect, test } from "vitest";
import { scratchFolder } from "../../tests/weights/scratch.ts";
import { openModelFile, STOPPED_FETCH } from "./open-model-file.ts";

const output = { write: () => {} };

test("a path is used as it is, from where relative ones begin", async () => {
  expect(await openModelFile("a/model.gguf", { output })).toBe(resolve("a/model.gguf"));
  expect(await openModelFile("model.gguf", { output, from: "/models" })).toBe(resolve("/models/model.gguf"));
});

test("who stops a fetch is told what becomes of it", async () => {
  const stopped = openModelFile("smollm2:135m", {
    output,
    folder: scratchFolder(),
    signal: AbortSignal.abort("SIGINT"),
  });
  await expect(stopped).rejects.toMatchObject({ message: STOPPED_FETCH, failure: "cancelled" });
});
