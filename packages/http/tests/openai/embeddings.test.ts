import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { serveOpenAI } from "./serve-openai.ts";

test("texts are embedded in their order, as numbers and as base64", async () => {
  const embeddings = [
    [0.5, -1, 2],
    [1, 0, 0.25],
  ];
  await using served = await serveOpenAI({
    backends: [scriptedBackend({ replies: [{ embeddings }, { embeddings }] })],
  });
  const ask = { model: "scripted", input: ["a", "b"] };
  // Without a word about it the client asks for base64, and decodes it.
  for (const format of [{}, { encoding_format: "float" as const }]) {
    const { data, model, usage } = await served.client.embeddings.create({ ...ask, ...format });
    expect(data.map(({ index, embedding }) => [index, [...embedding]])).toEqual([
      [0, embeddings[0]],
      [1, embeddings[1]],
    ]);
    expect(model).toBe("scripted");
    expect(usage.total_tokens).toBe(usage.prompt_tokens);
  }
});

test.each<[string, object, object]>([
  ["an unknown model", { model: "none" }, { status: 404, code: "model_not_found" }],
  ["an empty text", { input: ["a", ""] }, { status: 400, param: "input.1" }],
  ["no text", { input: [] }, { status: 400 }],
  ["tokens instead of text", { input: [1, 2] }, { status: 400, param: "input" }],
  ["a length that the model does not have", { dimensions: 3_000 }, { status: 400, param: "dimensions" }],
])("%s is refused", async (_what, more, told) => {
  await using served = await serveOpenAI({ backends: [scriptedBackend()] });
  await expect(served.client.embeddings.create({ model: "scripted", input: "a", ...more })).rejects.toMatchObject(told);
});

test("the model that answered is named, also where none was asked for or its name was a shorter one", async () => {
  const backends = [scriptedBackend({ models: ["embedder:latest"] })];
  await using served = await serveOpenAI({ backends, defaults: { embedding: { model: "embedder" } } });
  const modelOf = async (body: object) => {
    const init = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    return (await (await fetch(`${served.url}/v1/embeddings`, init)).json()).model;
  };
  expect(await modelOf({ input: "a" })).toBe("embedder:latest");
  expect(await modelOf({ model: "embedder", input: "a" })).toBe("embedder:latest");
});

test("who sends tokens is told that texts are expected", async () => {
  await using served = await serveOpenAI({ backends: [scriptedBackend()] });
  const asked = served.client.embeddings.create({ model: "scripted", input: [1, 2] });
  await expect(asked).rejects.toThrow(/tokens are not taken/);
});
