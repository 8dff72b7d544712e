import type { Backend, Fetch } from "@catenary/core";
import { createFakeOpenAI } from "@catenary/testing";
import { expect, test } from "vitest";
import { CUT_ANSWER, expectSameWhereverCut } from "../../testing/tests/expect-same-wherever-cut.ts";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";

const settings = { apiKey: "k", models: ["m"] };

test.each<[string, (fetch: Fetch) => Backend]>([
  ["OpenAI", (fetch) => openai({ ...settings, fetch })],
  ["compatible", (fetch) => openaiCompatible({ ...settings, fetch, id: "c", baseUrl: "http://x.test/v1" })],
])(
  "a streamed answer of %s is the same wherever its bytes are cut, whether its server ends it or not, tool calls included",
  async (_, create) => {
    const whole = await expectSameWhereverCut({
      server: createFakeOpenAI({ models: ["m"], answer: () => CUT_ANSWER }),
      model: (fetch) => create(fetch).languageModel("m"),
      tellsEnd: true,
    });
    const called = whole.filter(({ type }) => type === "tool-call");
    expect(called).toMatchObject(CUT_ANSWER.toolCalls.map(({ id }) => ({ toolCallId: id })));
  },
);
