import { expect, test } from "vitest";
import { gemini } from "./gemini.ts";

const backends = { Gemini: (fetch: () => Promise<Response>) => gemini({ apiKey: "k", fetch, models: ["m"] }) };

const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Hi" }] }];

/** The error with which a stream of this body ends, wherever it comes. */
async function failureOf(make: (typeof backends)[keyof typeof backends], body: string, type: string): Promise<unknown> {
  const backend = make(async () => new Response(body, { headers: { "content-type": type } }));
  try {
    const { stream } = await backend.languageModel("m").doStream({ prompt });
    for await (const part of stream) if (part.type === "error") return part.error;
  } catch (error) {
    return error;
  }
  return undefined;
}

test.each(Object.entries(backends))(
  "a page with status 200 in place of a stream is told as one: %s",
  async (_, make) => {
    expect(await failureOf(make, "<html><title>Log in</title></html>", "text/html")).toMatchObject({
      failure: "reply",
      message: expect.stringContaining('answered with a page ("Log in") instead of a stream'),
    });
  },
);

test.each(Object.entries(backends))("so is an error with status 200: %s", async (_, make) => {
  const body = JSON.stringify({ error: { code: "rate_limit_exceeded", message: "slower" } });
  expect(await failureOf(make, body, "application/json")).toMatchObject({
    failure: "rate_limit",
    message: expect.stringContaining("failed while it answered: slower"),
  });
});

test("so is an answer in one piece", async () => {
  expect(
    await failureOf(backends.Gemini, '[{"candidates":[{"finishReason":"STOP"}]}]', "application/json"),
  ).toMatchObject({
    failure: "reply",
    message: expect.stringContaining("answered with an object instead of a stream"),
  });
});
