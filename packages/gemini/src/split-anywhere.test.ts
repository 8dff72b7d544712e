import { createFakeGemini } from "@catenary/testing";
import { test } from "vitest";
import { CUT_ANSWER, expectSameWhereverCut } from "../../testing/tests/expect-same-wherever-cut.ts";
import { gemini } from "./gemini.ts";

test("a streamed answer is the same wherever its bytes are cut, tool calls included", async () => {
  await expectSameWhereverCut({
    server: createFakeGemini({ models: ["m"], answer: () => CUT_ANSWER }),
    model: (fetch) => gemini({ apiKey: "k", fetch, models: ["m"] }).languageModel("m"),
  });
});
