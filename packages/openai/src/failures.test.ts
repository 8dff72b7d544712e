import { inspect } from "node:util";
import { expect, test } from "vitest";
import { toFailure } from "./fail-with.ts";
import { connectionFailure } from "./failures.ts";
import { openaiCompatible } from "./openai-compatible.ts";

const KEY = "canary-0123456789";
const call = { backend: "b", place: "127.0.0.1:1", model: "m", hide: (text: string) => text };

test("a failure whose causes go round ends", () => {
  const error = Object.assign(new Error("reset"), { code: "ECONNRESET" });
  error.cause = new TypeError("fetch failed", { cause: error });
  expect(connectionFailure(error, call)).toMatchObject({ failure: "network" });
  expect(toFailure(error, call)).toMatchObject({ failure: "network" });
  const odd = new Error("odd");
  odd.cause = odd;
  expect(toFailure(odd, call)).toMatchObject({ failure: "reply" });
});

test("no header of the owner is repeated, whatever its name", async () => {
  const fetch = async () => Response.json({ error: { message: `bad gate ${KEY}` } }, { status: 400 });
  const settings = { id: "gate", baseUrl: "http://127.0.0.1:1/v1", headers: { "x-gate": KEY } };
  await expect(openaiCompatible({ ...settings, fetch }).listModels()).rejects.toThrow("bad gate …");
  const refusing = async () => {
    throw new TypeError(`cannot send ${KEY}`);
  };
  const failed = await openaiCompatible({ ...settings, fetch: refusing })
    .listModels()
    .then(
      () => undefined,
      (error: unknown) => error,
    );
  expect(String(failed)).toContain("cannot send …");
  expect(inspect(failed, { depth: 10, showHidden: true })).not.toContain(KEY);
});

test("no header of a call is repeated", async () => {
  const fetch = async () => Response.json({ error: { message: `bad gate ${KEY}` } }, { status: 400 });
  const model = openaiCompatible({ id: "gate", baseUrl: "http://127.0.0.1:1/v1", fetch }).languageModel("m");
  const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }];
  await expect(model.doGenerate({ prompt, headers: { "x-gate": KEY } })).rejects.toThrow("bad gate …");
});

test("a header that cannot be sent is named, without its value", () => {
  const make = () =>
    openaiCompatible({ id: "gate", baseUrl: "http://127.0.0.1:1/v1", headers: { "x-gate": `${KEY}\n${KEY}` } });
  expect(make).toThrow(
    expect.objectContaining({ code: "settings_invalid", message: expect.stringContaining('header "x-gate"') }),
  );
  expect(make).toThrow(expect.objectContaining({ message: expect.not.stringContaining(KEY) }));
});
