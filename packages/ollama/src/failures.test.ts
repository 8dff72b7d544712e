import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { connectionFailure, refusal } from "./failures.ts";
import { ollama, ollamaType } from "./ollama.ts";
import { connect, type OllamaSettings } from "./settings.ts";
import { toFailure } from "./to-failure.ts";

const KEY = "canary-0123456789";

const errorOf = (promise: PromiseLike<unknown>) =>
  promise.then(
    () => expect.unreachable("it should have failed"),
    (error: unknown) => error,
  );

describe("what a server or the platform repeats", () => {
  const echoed = (settings: OllamaSettings, words: string) => {
    const fetch = async () => Response.json({ error: words }, { status: 400 });
    return errorOf(ollama({ ...settings, fetch }).listModels());
  };

  it.each<readonly [string, OllamaSettings, string]>([
    ["a header", { headers: { authorization: `Bearer ${KEY}` } }, `bad authorization "Bearer ${KEY}"`],
    ["a header's value alone", { headers: { authorization: `Bearer ${KEY}` } }, `bad key ${KEY}`],
    ["a header of its owner", { headers: { "x-gate": KEY } }, `bad gate ${KEY}`],
    ["the password of the address", { baseUrl: `http://ann:${KEY}@gpu-box` }, `bad password ${KEY}`],
    ["what is made of it", { baseUrl: `http://ann:${KEY}@gpu-box` }, `bad Basic ${btoa(`ann:${KEY}`)}`],
  ])("is told without %s", async (_, settings, words) => {
    const told = inspect(await echoed(settings, words), { depth: 10, showHidden: true });
    expect(told).toContain("answered with status 400: bad");
    expect(told).not.toContain(KEY);
    expect(told).not.toContain(btoa(`ann:${KEY}`));
  });

  it("is told without a header that one call brought", async () => {
    const fetch = async () => Response.json({ error: `bad gate ${KEY}` }, { status: 400 });
    const model = ollama({ fetch }).languageModel("m");
    const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "hi" }] }];
    await expect(model.doGenerate({ prompt, headers: { "x-gate": KEY } })).rejects.toThrow("bad gate …");
  });

  it("is told without the key of a record", async () => {
    const fetch = async () => Response.json({ error: `who is ${KEY}?` }, { status: 403 });
    const backend = ollamaType.open({ id: "o", apiKey: KEY, baseUrl: "http://127.0.0.1:11434" }, { fetch });
    expect(await errorOf(Promise.resolve(backend).then((one) => one.listModels()))).toMatchObject({
      message: "Ollama at http://127.0.0.1:11434 answered with status 403: who is …?",
    });
  });

  it("is told without a header that cannot be sent", async () => {
    const backend = ollama({ headers: { "x-gate": `${KEY}\n${KEY}` }, baseUrl: "http://127.0.0.1:1" });
    expect(inspect(await errorOf(backend.listModels()), { depth: 10, showHidden: true })).not.toContain(KEY);
  });

  it("is told without a key in a pull, a stream and an answer that cannot be used", async () => {
    const told = `${JSON.stringify({ error: `sent ${KEY}` })}\n`;
    const backend = ollama({ headers: { "x-gate": KEY }, fetch: async () => new Response(told) });
    const pulled = await errorOf(Promise.resolve(backend.pullModel?.("m")));
    expect(String(pulled)).toContain("sent …");
    const { stream } = await backend
      .languageModel("m")
      .doStream({ prompt: [{ role: "user", content: [{ type: "text", text: "hi" }] }] });
    const parts: unknown[] = [];
    const read = (async () => {
      for await (const part of stream) parts.push(part);
    })();
    const failed = await read.then(
      () => parts,
      (error: unknown) => error,
    );
    expect(inspect(failed, { depth: 10 })).not.toContain(KEY);
    expect(inspect(failed, { depth: 10 })).toContain("sent …");
    const connection = connect({ headers: { "x-gate": KEY } });
    expect(String(toFailure(new SyntaxError(`no JSON: ${KEY}`), connection, "m"))).toContain("no JSON: …");
  });
});

it("a failure whose causes go round ends", () => {
  const connection = connect({});
  const error = Object.assign(new Error("reset"), { code: "ECONNRESET", requestBodyValues: {} });
  error.cause = new TypeError("fetch failed", { cause: error });
  expect(connectionFailure(error, connection)).toMatchObject({ failure: "network" });
  expect(toFailure(error, connection, "m")).toMatchObject({ failure: "network" });
  const own = Object.assign(new Error("around"), { requestBodyValues: {} });
  own.cause = own;
  expect(toFailure(own, connection, "m")).toMatchObject({ failure: "reply" });
});

it("a date to wait for counts by the server's own clock", async () => {
  const headers = { date: "Mon, 23 Nov 2026 10:00:00 GMT", "retry-after": "Mon, 23 Nov 2026 10:00:05 GMT" };
  const failed = await refusal(new Response("busy", { status: 429, headers }), connect({}));
  expect(failed).toMatchObject({ failure: "rate_limit", retryAfterMs: 5000 });
});
