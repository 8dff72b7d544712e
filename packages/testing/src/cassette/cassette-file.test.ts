import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Backend, CatenaryError } from "@catenary/core";
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

test("what is no backend, no file and no option is refused with what to give", () => {
  const backend = scriptedBackend();
  const refusal = (...given: readonly unknown[]) => {
    try {
      // Safe: it is what programs in JavaScript may give.
      return cassette(...(given as Parameters<typeof cassette>));
    } catch (error) {
      if (!CatenaryError.isInstance(error)) throw error;
      expect(error.code).toBe("settings_invalid");
      return error.message;
    }
  };
  expect(refusal(undefined, { file: "x.json" })).toContain("such as ollama(), as its first argument; got nothing");
  expect(refusal("ollama", { file: "x.json" })).toContain('got "ollama"');
  expect(refusal(backend)).toContain("the options of cassette() are an object; got nothing");
  expect(refusal(backend, "x.json")).toContain('got "x.json"');
  expect(refusal(backend, {})).toContain('such as new URL("triage.json", import.meta.url); got nothing');
  expect(refusal(backend, { file: "" })).toContain('got ""');
  expect(refusal(backend, { file: 5 })).toContain("got 5");
  expect(refusal(backend, { file: new URL("https://a.test/c.json") })).toContain("got https://a.test/c.json");
  expect(refusal(backend, { file: folder })).toContain(`${folder} is a folder: add a name, such as triage.json`);
  expect(refusal(backend, { file: "x.json", secret: ["hunter22"] })).toContain('Did you mean "secrets"?');
  expect(refusal(backend, { file: join(folder, "x.json"), secrets: "hunter22" })).toBe(
    "`secrets` is a list of texts: secrets: [process.env.API_KEY]; got something else",
  );
});
