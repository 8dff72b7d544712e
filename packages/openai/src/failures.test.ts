import { inspect } from "node:util";
import { CatenaryError, createRuntime } from "@catenary/core";
import { describe, expect, test } from "vitest";
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

describe("a backend whose address is wrong", () => {
  const prompt = async (wrong: () => Promise<Response>) => {
    const good = openaiCompatible({ id: "good", baseUrl: "http://127.0.0.1:2/v1", models: ["m"], fetch: answers });
    const settings = { id: "wrong", baseUrl: "http://127.0.0.1:1/v1/x", models: ["m"], fetch: wrong };
    const runtime = createRuntime({ backends: [openaiCompatible(settings), good], defaults: { policy: "ordered" } });
    const { backend, route } = await runtime.prompt("hi");
    const alone = createRuntime({ backends: [openaiCompatible(settings)] });
    const error: unknown = await alone.prompt("hi").catch((thrown: unknown) => thrown);
    return { backend, failed: route.tried[0]?.error?.failure, error };
  };

  test("is passed over, and its error says where to look", async () => {
    const message = 'not found. Is the baseUrl of the backend "wrong" where the routes begin?';
    expect(await prompt(async () => Response.json({ message: "not found" }, { status: 404 }))).toMatchObject({
      backend: "good",
      failed: "unavailable",
      error: { failure: "unavailable", message: expect.stringContaining(message) },
    });
  });

  test("also where its transport refuses to go there, and the error names it", async () => {
    const refusing = async () => {
      throw new CatenaryError("address_refused", "x redirects to a private address");
    };
    expect(await prompt(refusing)).toMatchObject({
      backend: "good",
      failed: "unavailable",
      error: {
        code: "address_refused",
        message: "m on wrong: x redirects to a private address",
        details: { backend: "wrong", model: "m" },
      },
    });
  });
});

const answers = async () =>
  Response.json({
    id: "1",
    model: "m",
    choices: [{ index: 0, message: { role: "assistant", content: "hello" }, finish_reason: "stop" }],
  });
