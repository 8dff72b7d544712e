import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { createRuntime } from "@catenary/core";
import { llamaCpp } from "@catenary/llama-cpp";
import { describe, expect, onTestFinished, test } from "vitest";
import { scriptedFile } from "../../packages/llama-cpp/tests/fixtures/fixture-files.ts";
import { whyNotRun } from "../../packages/llama-cpp/tests/fixtures/why-not-run.ts";
import { unless } from "../../packages/llama-cpp/tests/weights/needs.ts";
import { scriptedBackend } from "../../packages/testing/src/scripted/scripted-backend.ts";
import { runChat } from "./run-chat.ts";

const reason = await whyNotRun();
const WITHIN_MS = 60_000;

/** Somebody who says these lines, and stops what is written behind so many pieces of it. */
async function chat(path: string, said: readonly string[], stopAfter = Number.POSITIVE_INFINITY): Promise<string> {
  const backend = llamaCpp({ models: { m: path }, gpu: false, threads: 1 });
  const runtime = createRuntime({ backends: [backend], defaults: { model: "m" } });
  onTestFinished(async () => {
    await runtime.close();
    await backend.close();
  });
  const lines = [...said];
  let [text, pieces] = ["", 0];
  let stop: (() => void) | undefined;
  await runChat(runtime, {
    read: async () => lines.shift(),
    write: (piece) => {
      text += piece;
      if (++pieces === stopAfter) stop?.();
    },
    onStop: (listener) => {
      stop = listener;
      return () => {};
    },
  });
  return text;
}

test("an answer may not go on for ever, nor say the same again and again", async () => {
  const backend = scriptedBackend();
  const runtime = createRuntime({ backends: [backend], defaults: { model: "scripted" } });
  onTestFinished(() => runtime.close());
  const lines = ["Hello?"];
  await runChat(runtime, { read: async () => lines.shift(), write: () => {}, onStop: () => () => {} });
  expect(backend.calls[0]?.options).toMatchObject({
    maxOutputTokens: 200,
    frequencyPenalty: 0.5,
    presencePenalty: 0.3,
  });
});

test("/new begins a new conversation, which a failed answer tells", async () => {
  const backend = scriptedBackend();
  const runtime = createRuntime({ backends: [backend], defaults: { model: "scripted" } });
  onTestFinished(() => runtime.close());
  const lines = ["One?", "Two?", "/new", "Three?"];
  let text = "";
  const write = (piece: string) => {
    text += piece;
  };
  await runChat(runtime, { read: async () => lines.shift(), write, onStop: () => () => {} });
  const asked = backend.calls.map(({ options }) => JSON.stringify(options));
  expect(asked.map((call) => ["One?", "Two?", "Three?"].filter((said) => call.includes(said)))).toEqual([
    ["One?"],
    ["One?", "Two?"],
    ["Three?"],
  ]);
  expect(text).toContain("A new conversation.\n");
});

/** The program that people start, with its model and with what is said to it. */
async function program(model: string, said = "") {
  const path = fileURLToPath(new URL("./main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=@catenary/source", path, model]);
  let [text, errors] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (piece: string) => {
    text += piece;
  });
  child.stderr.setEncoding("utf8").on("data", (piece: string) => {
    errors += piece;
  });
  child.stdin.end(said);
  const code = await new Promise((resolve) => child.on("close", resolve));
  return { code, text, errors };
}

describe.skipIf(reason !== undefined)(`a chat in the terminal${unless(reason)}`, { timeout: WITHIN_MS }, () => {
  const script = ["I am", " here", " now."];

  test("answers each line, and passes over empty ones", async () => {
    const path = scriptedFile({ script, contextLength: 1024 });
    expect(await chat(path, ["Hello?", " ", "Still there?"])).toBe("I am here now.\nI am here now.\n");
  });

  test("goes on after an answer that was stopped", async () => {
    const path = scriptedFile({ script, contextLength: 1024, isEndless: true });
    const text = await chat(path, ["Hello?"], 2);
    expect(text).toMatch(/^I am here.* … \(stopped\)\n$/);
  });

  test("says why there is no answer", async () => {
    expect(await chat("nowhere.gguf", ["Hello?"])).toMatch(
      /There is no answer: .*\n\/new begins a new conversation\.\n/,
    );
  });

  test("runs as the program that people start", async () => {
    const path = scriptedFile({ script, contextLength: 1024 });
    const { code, text } = await program(path, "Hello?\n");
    expect(code).toBe(0);
    expect(text).toContain("I am here now.");
    expect(text).toMatch(/^Ctrl-C stops an answer, \/new begins a new conversation, Ctrl-D ends the program\.\n/);
  });

  test("opens with no file that is not there: one sentence says why", async () => {
    const missing = await program("nowhere.gguf", "Hello?\n");
    expect(missing).toMatchObject({ code: 1, text: "" });
    expect(missing.errors).toMatch(/^model nowhere\.gguf: there is no file at .*\n$/);
  });
});

test(
  "--help says how it is started",
  async () => {
    expect(await program("--help")).toMatchObject({ code: 0, errors: "", text: expect.stringContaining("[MODEL]") });
  },
  WITHIN_MS,
);

test.each([
  [
    "an address at the model hub, and no path of a file",
    "hf:owner/../model.gguf",
    /expected hf:user\/repository\/file\.gguf/,
  ],
  ["a name that nobody knows", "smolm2:135m", /Did you mean smollm2:135m\?$/],
])(
  "%s is refused in one sentence",
  async (_, name, message) => {
    const { code, errors } = await program(name);
    expect(code).toBe(1);
    expect(errors).toMatch(/^.*\n$/);
    expect(errors.trimEnd()).toMatch(message);
  },
  WITHIN_MS,
);
