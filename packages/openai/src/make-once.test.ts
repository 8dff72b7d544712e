import { expect, test } from "vitest";
import { makeOnce } from "./make-once.ts";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";

test("each name is made once, and given again", () => {
  const names: string[] = [];
  const get = makeOnce((name) => {
    names.push(name);
    return { name };
  });
  expect(get("a")).toBe(get("a"));
  expect(get("b")).toEqual({ name: "b" });
  expect(names).toEqual(["a", "b"]);
});

test("however many names are asked for, few are kept", () => {
  let made = 0;
  const get = makeOnce(() => ({ turn: made++ }));
  const first = get("0");
  for (let name = 1; name <= 300; name++) get(String(name));
  expect(get("300")).toEqual({ turn: 300 });
  expect(get("0")).not.toBe(first);
});

test.each([openai({ apiKey: "k" }), openaiCompatible({ id: "x", baseUrl: "http://127.0.0.1:1/v1" })])(
  "the backend $id makes each model once",
  (backend) => {
    expect(backend.languageModel("a")).toBe(backend.languageModel("a"));
    expect(backend.languageModel("a").modelId).toBe("a");
    expect(backend.languageModel("b").modelId).toBe("b");
    expect(backend.embeddingModel("a")).toBe(backend.embeddingModel("a"));
  },
);
