import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Backend } from "@catenary/core";
import { afterAll, expect, test } from "vitest";
import { scriptedBackend } from "../scripted/scripted-backend.ts";
import { cassette } from "./cassette-file.ts";

const folder = mkdtempSync(join(tmpdir(), "cassette-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function ask(backend: Backend, text: string): Promise<unknown> {
  const { content } = await backend
    .languageModel("m")
    .doGenerate({ prompt: [{ role: "user", content: [{ type: "text", text }] }] });
  return content[0]?.type === "text" ? content[0].text : undefined;
}

/** A backend that fails the test where anybody asks it. */
const nobody: Backend = {
  id: "nobody",
  type: "scripted",
  listModels: () => Promise.reject(new Error("was asked")),
  languageModel: () => {
    throw new Error("was asked");
  },
};

test("auto records where there is no file, and then replays without asking anybody", async () => {
  const file = join(folder, "deep", "auto.json");
  const recording = cassette(scriptedBackend({ replies: ["one"] }), { file });
  expect(existsSync(file)).toBe(false);
  expect(await ask(recording, "a")).toBe("one");
  expect(await ask(cassette(nobody, { file }), "a")).toBe("one");
  expect(await ask(cassette(nobody, { file: pathToFileURL(file), mode: "replay" }), "a")).toBe("one");
});

test("record writes the file anew after each call", async () => {
  const file = join(folder, "record.json");
  const first = cassette(scriptedBackend({ replies: ["one", "two"] }), { file, mode: "record" });
  await ask(first, "a");
  await ask(first, "b");
  expect(JSON.parse(readFileSync(file, "utf8")).calls).toHaveLength(2);
  await ask(cassette(scriptedBackend({ replies: ["three"] }), { file, mode: "record" }), "a");
  expect(JSON.parse(readFileSync(file, "utf8")).calls).toHaveLength(1);
  expect(await ask(cassette(nobody, { file }), "a")).toBe("three");
});

test("replay needs a file", () => {
  const file = join(folder, "nowhere.json");
  expect(() => cassette(nobody, { file, mode: "replay" })).toThrow(/there is no cassette at .*nowhere\.json/);
});

test("a call that was never recorded names the file", async () => {
  const file = join(folder, "miss.json");
  await ask(cassette(scriptedBackend({ replies: ["one"] }), { file }), "a");
  await expect(ask(cassette(nobody, { file }), "b")).rejects.toThrow(/miss\.json has no answer/);
});

test("what is no cassette, and a mode that is none, are refused", () => {
  const file = join(folder, "broken.json");
  writeFileSync(file, "{");
  expect(() => cassette(nobody, { file })).toThrow(/it is no JSON/);
  // @ts-expect-error no such mode
  expect(() => cassette(nobody, { file, mode: "rewind" })).toThrow(/record, replay or auto/);
});
