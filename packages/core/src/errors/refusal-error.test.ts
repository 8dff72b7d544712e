import { expect, test } from "vitest";
import { refusalError } from "./refusal-error.ts";

const refused = {
  backend: "b",
  hide: (text: string) => text.replaceAll("s3cret", "…"),
  explain: (words: string) => `x.test said: ${words}`,
};

test("a refusal has the server's words without secrets, its meaning, its status and how long to wait", async () => {
  const response = Response.json(
    { error: { message: "slower, s3cret" } },
    { status: 429, headers: { "retry-after": "2" } },
  );
  const error = await refusalError(response, { ...refused, model: "m" });
  expect(error).toMatchObject({
    message: "x.test said: slower, …",
    failure: "rate_limit",
    status: 429,
    retryAfterMs: 2_000,
    details: { backend: "b", model: "m" },
  });
});

test("a page gives 300 characters, and a body that breaks off none", async () => {
  const page = await refusalError(new Response("x".repeat(1_000), { status: 500 }), refused);
  expect(page.message).toBe(`x.test said: ${"x".repeat(300)}`);
  const body = new ReadableStream({ start: (controller) => controller.error(new Error("reset")) });
  expect((await refusalError(new Response(body, { status: 500 }), refused)).message).toBe("x.test said: ");
});

test("an adapter may know better what it means", async () => {
  const meaningOf = () => ({ failure: "rate_limit", reason: "quota" }) as const;
  const error = await refusalError(new Response("", { status: 400 }), { ...refused, meaningOf });
  expect(error).toMatchObject({ failure: "rate_limit", reason: "quota", status: 400 });
});
