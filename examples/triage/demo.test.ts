import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createFakeOllama, createFakeOpenAI } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { afterEach, describe, expect, test, vi } from "vitest";
import { chooseBackend, type Environment } from "./choose-backend.ts";
import { readDemoOptions } from "./demo-options.ts";
import { runDemo } from "./run-demo.ts";

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function fileWith(content: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "catenary-demo-"));
  folders.push(folder);
  const path = join(folder, "chain.json");
  await writeFile(path, content);
  return path;
}

interface Shown {
  readonly code: number;
  readonly text: string;
}

/** The demonstration on the stand-in. */
function demo(...argv: string[]): Promise<Shown> {
  return choosing({}, "--backend", "stand-in", ...argv);
}

/** No model was fetched into it. */
const EMPTY_CACHE = { CATENARY_CACHE: join(tmpdir(), "catenary-demo-without-models") };
const QUIET = { output: { write: () => {} } };

async function choosing(environment: Environment, ...argv: string[]): Promise<Shown> {
  let text = "";
  const output = { write: (piece: string) => (text += piece) };
  const code = await runDemo(argv, { output, environment: { ...EMPTY_CACHE, ...environment } });
  return { code, text };
}

test("the demonstration shows each step, its retry, the path, the costs and the output", async () => {
  const { code, text } = await demo();
  expect(code).toBe(0);
  expect(text).toContain("the offline stand-in, because --backend says so. It is no language model");
  expect(text).toContain("> classify (condition_key)");
  expect(text).toMatch(/✔ classify: urgent → page/);
  expect(text).toMatch(/↻ page: .*the ticket system is busy .*; again in \d+ ms/);
  expect(text).toMatch(/Path {4}classify → page → reply → end/);
  expect(text).toMatch(/page +2 +\d+ ms/);
  expect(text).toMatch(/Output\n.*4711/s);
});

test("an ordinary ticket takes the other branch", async () => {
  const { code, text } = await demo("--input", "Could you please send me the invoice of May again? Thanks, Bob");
  expect(code).toBe(0);
  expect(text).toMatch(/Path {4}classify → file → reply → end/);
});

test("pnpm's own -- is ignored", () => {
  expect(readDemoOptions(["--", "--input", "x"])).toEqual(readDemoOptions(["--input", "x"]));
});

const chain = { id: "shout", tasks: [{ id: "say", handler: "noop", prompt_template: "{{upper .input}}!" }] };

test.each([
  ["a bare chain", chain, ["--input", "hey"], "HEY!"],
  ["an envelope", { input: "you", inputType: "string", chain }, [], "YOU!"],
  [
    "an envelope whose input the command line replaces",
    { input: "you", inputType: "string", chain },
    ["--input", "hey"],
    "HEY!",
  ],
])("--chain takes %s", async (_, content, argv, expected) => {
  const { code, text } = await demo("--chain", await fileWith(JSON.stringify(content)), ...argv);
  expect(code).toBe(0);
  expect(text.trimEnd().split("\n").at(-1)).toBe(expected);
});

test.each([
  ["a file that is not there", "missing.json", /ENOENT.*missing\.json/],
  ["an unknown backend", undefined, /--backend takes one of openai, ollama, local, stand-in; got "gemini"/],
])("%s is a clear error", async (_, chainFile, message) => {
  const { code, text } = chainFile === undefined ? await demo("--backend", "gemini") : await demo("--chain", chainFile);
  expect(code).toBe(2);
  expect(text).toMatch(message);
});

test("a chain that cannot run says where and why", async () => {
  const broken = {
    id: "b",
    tasks: [{ id: "a", handler: "raw_strng", transition: { branches: [{ operator: "default", goto: "nowhere" }] } }],
  };
  const { code, text } = await demo("--chain", await fileWith(JSON.stringify(broken)));
  expect(code).toBe(2);
  expect(text).toContain("$.tasks[0].transition.branches[0].goto");
});

test("a file that is no JSON says so", async () => {
  const { code, text } = await demo("--chain", await fileWith("{"));
  expect(code).toBe(2);
  expect(text).toMatch(/chain\.json is no JSON/);
});

test("a run that fails ends with code 1 and says how far it came", async () => {
  const failing = { id: "f", tasks: [{ id: "stop", handler: "raise_error", prompt_template: "no more" }] };
  const { code, text } = await demo("--chain", await fileWith(JSON.stringify(failing)));
  expect(code).toBe(1);
  expect(text).toMatch(/✘ stop: no more/);
  expect(text).toContain("Path    stop → failed");
});

describe("without --backend", () => {
  const unasked = { backend: undefined, model: undefined };

  test("a key in the environment chooses OpenAI, which is sent that key, and nothing is asked for at once", async () => {
    const server = createFakeOpenAI();
    const keys: (string | null)[] = [];
    vi.stubGlobal("fetch", (...given: ConstructorParameters<typeof Request>) => {
      const request = new Request(...given);
      keys.push(request.headers.get("authorization"));
      return server(request);
    });
    try {
      const { backend, model, why } = await chooseBackend(unasked, { OPENAI_API_KEY: "sk-of-this-environment" }, QUIET);
      expect([backend.type, model]).toEqual(["openai", "gpt-4o-mini"]);
      expect(why).toBe("OpenAI with gpt-4o-mini, because OPENAI_API_KEY is set");
      expect(keys).toEqual([]);
      await backend.listModels();
      expect(keys).toEqual(["Bearer sk-of-this-environment"]);
    } finally {
      vi.unstubAllGlobals();
    }
  });

  test("an Ollama that answers is chosen, with its first model that chats, and runs the chain", async () => {
    const answer = ({ format }: { readonly format?: unknown }) =>
      format === undefined ? "We are on it." : JSON.stringify({ answer: "urgent" });
    const ollama = createFakeOllama({
      models: [{ name: "all-minilm", capabilities: ["embedding"] }, "smollm2:135m"],
      answer,
    });
    await using server = await serve(ollama);
    const { code, text } = await choosing({ OLLAMA_HOST: server.url });
    expect(text).toContain(`Ollama with smollm2:135m, because an Ollama answers on ${server.url}`);
    expect(text).toMatch(/Path {4}classify → page → reply → end/);
    expect(text.trimEnd().split("\n").at(-1)).toBe("We are on it.");
    expect(code).toBe(0);
  });

  test("an Ollama without a model that chats is passed over, and the screen says how to get one", async () => {
    await using server = await serve(
      createFakeOllama({ models: [{ name: "all-minilm", capabilities: ["embedding"] }] }),
    );
    const { backend, why } = await chooseBackend(unasked, { ...EMPTY_CACHE, OLLAMA_HOST: server.url }, QUIET);
    expect(backend.type).toBe("stand-in");
    expect(why).toContain(
      `because the Ollama on ${server.url} has no model that chats (ollama pull smollm2:135m); demo --local fetches a small model, 98 MB. It is no`,
    );
  });

  test("where nothing answers the stand-in runs the chain", async () => {
    const gone = await serve(createFakeOllama());
    await gone.close();
    const { code, text } = await choosing({ OLLAMA_HOST: gone.url });
    expect(code).toBe(0);
    expect(text).toContain(`because OPENAI_API_KEY is not set and no Ollama answers on ${gone.url}`);
  });
});

test("--backend ollama asks the Ollama of the environment, also where there is a key", async () => {
  await using server = await serve(createFakeOllama({ models: ["smollm2:135m"] }));
  const environment = { OLLAMA_HOST: server.url, OPENAI_API_KEY: "sk-test" };
  const { backend, why } = await chooseBackend({ backend: "ollama", model: undefined }, environment, QUIET);
  expect([backend.baseUrl, why]).toEqual([server.url, "Ollama with smollm2:135m, because --backend says so"]);
});

test("on a terminal each step has one line that moves", async () => {
  let text = "";
  const output = { isTTY: true, columns: 60, write: (piece: string) => (text += piece) };
  await runDemo(["--backend", "stand-in"], { output, environment: {} });
  const settled = text.split("\n").map((line) => line.slice(line.lastIndexOf("\u001b[2K") + 1));
  expect(settled.filter((line) => line.includes("✔")).map((line) => line.replace(/^\[2K/, "").split(":")[0])).toEqual([
    "✔ classify",
    "✔ page",
    "✔ reply",
  ]);
  expect(text).toContain("⠋ classify (condition_key)");
});

test("what a chain probably means otherwise is said before it runs", async () => {
  const misspelt = { id: "w", tasks: [{ id: "a", handler: "noop", prompt_tempalte: "Hello" }] };
  const { code, text } = await demo("--chain", await fileWith(JSON.stringify(misspelt)), "--input", "x");
  expect(code).toBe(0);
  expect(text).toMatch(/^Warning: \$\.tasks\[0\]\.prompt_tempalte: .* Did you mean prompt_template\?/m);
});

test("text cannot steer the terminal", async () => {
  const sly = { id: "s", tasks: [{ id: "a", handler: "noop", prompt_template: "\u001b]0;title\u0007done" }] };
  const { text } = await demo("--chain", await fileWith(JSON.stringify(sly)));
  expect(text).toContain("done");
  expect(text).not.toContain("\u001b");
});

test("a file that begins with a byte order mark is read", async () => {
  const { code } = await demo("--chain", await fileWith(`\uFEFF${JSON.stringify(chain)}`), "--input", "hey");
  expect(code).toBe(0);
});
