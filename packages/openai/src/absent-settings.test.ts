import { createRuntime } from "@catenary/core";
import { expect, test } from "vitest";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import { vllm } from "./vllm.ts";

const absent: string | undefined = process.env.CATENARY_NOT_SET_ANYWHERE;
const baseUrl = "http://127.0.0.1:1";

test("a setting that is undefined is absent, for the compiler and for the program", async () => {
  const backends = [
    openai({ apiKey: absent, organization: absent, routing: { concurrency: undefined } }),
    openaiCompatible({ id: "a", baseUrl, apiKey: absent, type: absent, structuredOutput: undefined }),
    vllm({ baseUrl, id: absent, apiKey: absent, structuredOutput: undefined }),
  ];
  expect(backends.map(({ id, type }) => `${id} ${type}`)).toEqual([
    "openai openai",
    "a openai-compatible",
    "vllm vllm",
  ]);
  const runtime = createRuntime({ backends: [], defaults: { model: absent }, syncEveryMs: undefined });
  expect(runtime.model({ model: absent, group: absent }).modelId).toBe("default");
  const options = { model: absent, signal: undefined, routing: { group: absent, deadline: absent } };
  await expect(runtime.prompt("Hi", options)).rejects.toMatchObject({ code: "no_candidate" });
});
