import { expect, test } from "vitest";
import { openai } from "./openai.ts";
import { openaiCompatible } from "./openai-compatible.ts";
import { vllm } from "./vllm.ts";

const baseUrl = "http://127.0.0.1:1/v1";
/** As a program in JavaScript may write it. */
const wrong = (settings: unknown) => settings as never;

test.each<readonly [string, () => unknown, string]>([
  ["a key", () => openai(wrong({ apikey: "x" })), "openai() has no setting `apikey`. Did you mean apiKey?"],
  [
    "an address",
    () => vllm(wrong({ baseUrl, baseURL: baseUrl })),
    "vllm() has no setting `baseURL`. Did you mean baseUrl?",
  ],
  ["a limit", () => openaiCompatible(wrong({ id: "a", baseUrl, routng: {} })), "Did you mean routing?"],
  ["nothing", () => openai(wrong(null)), "openai() expects an object of settings"],
])("%s that is misspelt is refused, so that nobody thinks it is set", (_what, make, said) => {
  expect(make).toThrow(expect.objectContaining({ code: "settings_invalid" }));
  expect(make).toThrow(said);
});

test("every setting that there is may be given", () => {
  const general = {
    id: "a",
    name: "A",
    apiKey: "x",
    headers: {},
    models: ["m"],
    fetch,
    routing: { weight: 2 },
    baseUrl,
  };
  expect(openai({ ...general, organization: "o", project: "p" }).id).toBe("a");
  expect(vllm({ ...general, structuredOutput: false }).id).toBe("a");
  expect(openaiCompatible({ ...general, type: "t", structuredOutput: true }).id).toBe("a");
});

test("what is declared about models is checked when a backend is made, and so are headers, fetch and the key", () => {
  const at = { id: "a", baseUrl: "http://127.0.0.1:1/v1" };
  const said = (make: () => unknown) => expect(make).toThrow(expect.objectContaining({ code: "settings_invalid" }));
  for (const wrong of [
    { models: { m: { capabilites: {} } } },
    { models: "m" },
    { fetch: 3 },
    { apiKey: " " },
  ] as never[]) {
    said(() => openai(wrong));
    said(() => vllm({ ...at, ...(wrong as object) }));
    said(() => openaiCompatible({ ...at, ...(wrong as object) }));
  }
});
