import { existsSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { loopbackHub } from "../../llama-cpp/tests/weights/loopback-hub.ts";
import { modelBytes } from "../../llama-cpp/tests/weights/model-bytes.ts";
import { unless, whyNoDownloader } from "../../llama-cpp/tests/weights/needs.ts";
import { runCommand } from "../src/command/run-command.ts";
import { scratchFolder } from "./start-catenary.ts";

const reason = await whyNoDownloader();
let cache = "";
beforeEach(() => {
  cache = scratchFolder();
});

interface Said {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

/** The command in this process; nothing but what is given reaches it. */
async function models(words: readonly string[], environment = {}, stop = new AbortController().signal): Promise<Said> {
  let [output, errors] = ["", ""];
  const code = await runCommand(["models", ...words], {
    environment: { CATENARY_CACHE: cache, PATH: "", ...environment },
    folder: cache,
    output: { write: (text) => (output += text) },
    errors: { write: (text) => (errors += text) },
    stop,
    readInput: async () => "",
  });
  return { code, output, errors };
}

describe("catenary models", () => {
  test("brings a file, lists it with what can be pulled, and removes it", async () => {
    const file = join(cache, "mine.gguf");
    writeFileSync(file, modelBytes());
    const pulled = await models(["pull", file]);
    expect(pulled.code).toBe(0);
    const path = pulled.output.trim();
    expect(existsSync(path)).toBe(true);
    expect(pulled.errors).toContain("mine is here, 0.1 MB:");
    const { output } = await models(["list"]);
    expect(output.split("\n").map((line) => line.split(/ {2,}/)[0])).toEqual(["NAME", "mine", "smollm2:135m", ""]);
    expect(output).toContain(path);
    expect(output).toContain("catenary models pull smollm2:135m");
    expect(await models(["rm", "mine"])).toMatchObject({ code: 0, output: "mine is removed\n" });
    expect(existsSync(path)).toBe(false);
    expect(await models(["rm", "mine"])).toMatchObject({
      code: 1,
      errors: "There is no mine here; there is nothing.\n",
    });
  });

  test("lists a file that was changed since it came, with what brings a good one", async () => {
    const file = join(cache, "mine.gguf");
    writeFileSync(file, modelBytes());
    const { output } = await models(["pull", file]);
    utimesSync(output.trim(), 1, 1);
    const listed = (await models(["list"])).output;
    expect(listed).toMatch(/^mine +0\.1 MB +changed +catenary models pull .*mine\.gguf *$/m);
    expect((await models(["pull", file])).code).toBe(0);
    expect((await models(["list"])).output).not.toContain("changed");
  });

  test("says which model a second file of the same name replaces", async () => {
    const file = join(cache, "mine.gguf");
    writeFileSync(file, modelBytes());
    await models(["pull", file]);
    expect((await models(["pull", file])).errors).not.toContain("replaces");
    writeFileSync(file, modelBytes(0.2));
    const { errors } = await models(["pull", file]);
    expect(errors).toContain(`It replaces the mine that came from ${file}.\nmine is here, 0.2 MB:\n`);
  });

  test("without a network and without Python says in one sentence what to do", async () => {
    const { code, errors } = await models(["pull", "smollm2:135m"], { HF_ENDPOINT: "http://127.0.0.1:9" });
    expect(code).toBe(1);
    const said = errors.trimEnd().split("\n").at(-1);
    expect(said).toMatch(
      /^catenary models: smollm2:135m could not be fetched \(the model hub \(hf:QuantFactory\/.*Python/,
    );
    expect(said).toMatch(/run "catenary models pull PATH" with its path here$/);
  });

  test.each([
    [[], "expected pull, list or rm; got nothing"],
    [["fetch"], 'expected pull, list or rm; got "fetch"'],
    [["pull"], "pull expects the name of a model"],
    [["list", "x"], "nothing is expected behind list; got x"],
    [["list", "--json"], "there is no flag --json; this command has none"],
  ])("%j is refused", async (words, message) => {
    expect(await models(words)).toMatchObject({ code: 2, errors: `catenary models: ${message}\n` });
  });

  test.skipIf(reason !== undefined)(`stops when it is told to, and says that it goes on${unless(reason)}`, async () => {
    await using hub = await loopbackHub({ bytes: modelBytes(6), hangAfter: 0 });
    const stop = new AbortController();
    const waiting = models(["pull", "hf:user/repository/model.gguf"], { HF_ENDPOINT: hub.url }, stop.signal);
    while (hub.ranges.length === 0) await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort("SIGINT");
    const { code, errors } = await waiting;
    expect(code).toBe(1);
    expect(errors).toContain("The same command goes on with what came from the model hub; a download by pip, or");
  });
});
