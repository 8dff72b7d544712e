import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Backend } from "../src/model/backend.ts";
import { errorOf } from "./fixtures/error-of.ts";

const FLAGGED = "Your chosen model requires moderation and your input was flagged";

/** A backend of two models that refuses with 403 what has one of these words in it, and says what it is given to say. */
function refusing(id: string, refused: string, message: string): Backend {
  const models = ["m", "n"];
  return scriptedBackend({
    id,
    models,
    replies: ({ text }) => (text.includes(refused) ? { error: { status: 403, message } } : "fine"),
  });
}

test("what one caller said is refused, and nobody else is shut out, though it is said with a 403", async () => {
  const runtime = createRuntime({ backends: [refusing("a", "bad", FLAGGED), refusing("b", "bad", FLAGGED)] });
  for (let at = 0; at < 10; at++) {
    const error = await errorOf(runtime.prompt("bad words", { model: "m" }));
    expect(error).toMatchObject({ failure: "bad_request", details: { reason: "content_filter" } });
  }
  expect((await runtime.prompt("fine words", { model: "m" })).text).toBe("fine");
  await runtime.close();
});

test("a 403 that says nothing of the key leaves the backend's other models in use", async () => {
  const runtime = createRuntime({ backends: [refusing("a", "bad", "Forbidden"), refusing("b", "bad", "Forbidden")] });
  for (let at = 0; at < 10; at++) {
    expect(await errorOf(runtime.prompt("bad words", { model: "m" }))).toMatchObject({ failure: "auth" });
  }
  expect((await runtime.prompt("fine words", { model: "n" })).text).toBe("fine");
  await runtime.close();
});

test("a 403 of the key shuts the backend out for everybody", async () => {
  const backends = [refusing("a", "bad", "API key disabled"), refusing("b", "bad", "API key disabled")];
  const runtime = createRuntime({ backends });
  await errorOf(runtime.prompt("bad words", { model: "m" }));
  expect(await errorOf(runtime.prompt("fine words", { model: "n" }))).toMatchObject({ failure: "auth" });
  await runtime.close();
});
