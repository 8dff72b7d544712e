import { type Backend, createRuntime } from "@catenary/core";
import { createFakeOllama, scriptedBackend } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { describe, expect, test } from "vitest";
import { answer, read } from "./assistant.ts";
import { chooseBackends } from "./choose-backends.ts";

const modelOver = (backends: readonly Backend[]) =>
  createRuntime({ backends, defaults: { policy: "ordered" } }).model();

async function standIns(): Promise<readonly Backend[]> {
  const gone = await serve(createFakeOllama());
  await gone.close();
  const { backends, note } = await chooseBackends({ OLLAMA_HOST: gone.url });
  expect(note).toContain("the offline stand-in answers. It is no language model");
  return backends;
}

describe("with a host that is down", () => {
  const passedOn = "stand-in on stand-in, after down: network";

  test("streamText gets its answer and its tool, each call from the one that answers", async () => {
    const pieces: string[] = [];
    const question = "Where is my order 88213?";
    const { text, routes } = await answer(modelOver(await standIns()), question, (piece) => pieces.push(piece));
    expect(text).toContain("88213");
    expect(text).toContain("two days");
    expect(pieces.join("")).toBe(text);
    expect(routes).toEqual([passedOn, passedOn]);
  });

  test("generateText gets its object", async () => {
    const { ticket, route } = await read(modelOver(await standIns()), "Hello, order 88213 has not arrived.");
    expect([ticket, route]).toEqual([{ topic: "order", orderNumber: "88213" }, passedOn]);
  });
});

test("an Ollama whose model takes tools is preferred to the stand-in", async () => {
  const fake = createFakeOllama({ models: [{ name: "clever:3b", capabilities: ["completion", "tools"] }] });
  fake.reply(
    { toolCalls: [{ name: "orderState", arguments: { orderNumber: "90001" } }] },
    "It waits for your payment.",
  );
  await using server = await serve(fake);
  const { backends, note } = await chooseBackends({ OLLAMA_HOST: server.url });
  expect(note).toBe(`the Ollama on ${server.url} answers with clever:3b`);
  const { text, routes } = await answer(modelOver(backends), "And order 90001?");
  expect([text, routes]).toEqual([
    "It waits for your payment.",
    Array(2).fill("clever:3b on ollama, after down: network"),
  ]);
});

test("an answer that breaks off fails, and no other model goes on with it", async () => {
  const first = scriptedBackend({ id: "first", replies: [{ text: "It has been", error: { afterChunks: 2 } }] });
  const second = scriptedBackend({ id: "second", replies: ["Something else."] });
  await expect(answer(modelOver([first, second]), "Where is it?")).rejects.toMatchObject({ failure: "network" });
  expect(second.calls).toEqual([]);
});
