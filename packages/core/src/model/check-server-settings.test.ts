import { expect, test } from "vitest";
import { type CheckedSettings, checkServerSettings } from "./check-server-settings.ts";

test.each<readonly [CheckedSettings, string]>([
  [{ models: { m: { capabilites: { tools: true } } } }, "with `capabilites`. Did you mean capabilities?"],
  [{ models: { m: { capabilities: { tool: true } } } }, "with `tool`. Did you mean tools?"],
  [
    { models: { m: { capabilities: { embed: "no" } } } },
    'expects `models["m"].capabilities.embed` to be true or false',
  ],
  [{ models: { m: { contextLength: "8k" } } }, "contextLength` to be a number of tokens above 0; got a string"],
  [{ models: { m: { contextLength: -5 } } }, "a number of tokens above 0; got -5"],
  [{ models: { m: "8k" } }, "to be an object, such as { contextLength: 8192 }"],
  [{ models: [{ id: "m", capabilities: { tool: true } }] }, "`models[0].capabilities` with `tool`"],
  [{ models: "m" }, "`models` to be a list of names, or an object by name; got a string"],
  [{ models: ["m", "m"] }, 'expects the model "m" only once; got it twice'],
  [{ models: ["m", ""] }, "`models[1]` to be a name, or an object with its id; got an empty text"],
  [{ models: ["m", { name: "n" }] }, "`models[1]` to be a name, or an object with its id"],
  [{ capabilities: { tool: true } }, "`capabilities` with `tool`"],
  [{ fetch: 3 }, "`fetch` to be a function; got 3"],
  [{ headers: ["a"] }, "`headers` to be an object of texts"],
  [{ headers: { a: 5 } }, "`headers` to be an object of texts"],
  [{ structuredOutput: "false" }, "`structuredOutput` to be true or false"],
  [{ apiKey: " " }, "`apiKey` to be a key, and no white space"],
  [{ id: "" }, "`id` to be a text that is not empty; got an empty text"],
])("%j is refused", (settings, said) => {
  const check = () => checkServerSettings("x()", settings);
  expect(check).toThrow(
    expect.objectContaining({ code: "settings_invalid", message: expect.stringMatching(/^x\(\) /) }),
  );
  expect(check).toThrow(said);
});

test("what is right, absent or undefined is taken", () => {
  const capabilities = { chat: true, embed: undefined };
  for (const settings of [
    {},
    { models: undefined, apiKey: "", headers: undefined, fetch: undefined },
    { models: [] },
    { models: ["m", { id: "n", contextLength: 8_192, capabilities, details: { any: 1 } }] },
    { models: { m: {}, n: { contextLength: 5, capabilities } }, headers: { a: "b" }, fetch, structuredOutput: false },
  ]) {
    expect(() => checkServerSettings("x()", settings)).not.toThrow();
  }
});
