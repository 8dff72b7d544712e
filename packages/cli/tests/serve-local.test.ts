import { writeFileSync } from "node:fs";
import { join } from "node:path";
import OpenAI from "openai";
import { expect, test } from "vitest";
import { scriptedFile } from "../../llama-cpp/tests/fixtures/fixture-files.ts";
import { whyNotRun } from "../../llama-cpp/tests/fixtures/why-not-run.ts";
import { unless } from "../../llama-cpp/tests/weights/needs.ts";
import { partOf } from "./part-of.ts";
import { scratchFolder, serving, startCatenary } from "./start-catenary.ts";

const reason = await whyNotRun();
const WITHIN_MS = 60_000;

test.skipIf(reason !== undefined)(
  `catenary serve --local answers OpenAI's client with a model in its own process${unless(reason)}`,
  async () => {
    const path = scriptedFile({ script: ["I am", " here", " now."], contextLength: 1024 });
    const environment = { CATENARY_CACHE: scratchFolder() };
    const server = await serving(["--local", "--model", path, "--no-data"], { environment });
    const name = path.replace(/^.*[\\/]/, "").replace(/\.gguf$/, "");
    const client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: "none is needed" });
    const messages = [{ role: "user" as const, content: "Are you there?" }];
    const { choices, usage } = await client.chat.completions.create({ model: name, messages });
    expect(choices[0]?.message.content).toBe("I am here now.");
    expect(usage?.completion_tokens).toBeGreaterThan(0);

    let text = "";
    const stream = await client.chat.completions.create({ model: name, messages, stream: true });
    for await (const part of stream) text += part.choices[0]?.delta.content ?? "";
    expect(text).toBe("I am here now.");

    // The default of every call that names none, as curl makes them.
    const { body } = await server.ask("POST", "/v1/chat/completions", { messages });
    expect(partOf(body, "choices", 0, "message", "content")).toBe("I am here now.");
    expect((await client.models.list()).data.map(({ id }) => id)).toEqual([name]);

    const unknown = async (wanted: string) => server.ask("POST", "/v1/chat/completions", { model: wanted, messages });
    const { status, body: told } = await unknown("gpt-4o");
    expect([status, partOf(told, "error", "message")]).toEqual([
      404,
      expect.stringMatching(/there are: .*; ask for one of these, or name no model for the default/),
    ]);
    const { body: refused } = await unknown(`${name}x`);
    expect(partOf(refused, "error", "message")).toContain(`did you mean ${name}?`);
    server.child.kill("SIGTERM");
    expect(await server.ended).toMatchObject({ code: 0, errors: "" });
  },
  WITHIN_MS,
);

test.skipIf(reason !== undefined)(
  `a file that is not there, or is none, is told of before anything listens${unless(reason)}`,
  async () => {
    const folder = scratchFolder();
    writeFileSync(join(folder, "text.gguf"), "text");
    const refused = (model: string) =>
      startCatenary(["serve", "--local", "--model", model, "--no-data"], { folder }).ended;
    const [missing, text] = await Promise.all([refused("nowhere.gguf"), refused("text.gguf")]);
    expect(missing).toMatchObject({ code: 1, output: "" });
    expect(missing.errors).toContain("catenary serve: model nowhere: there is no file at ");
    expect(text).toMatchObject({ code: 1, output: "" });
    expect(text.errors).toContain("is not a GGUF file");
  },
  WITHIN_MS,
);

test.each([
  [["--model", "smollm2:135m"], 2, "--model is for --local"],
  [["--local", "--model", "smolm2:135m"], 1, "Did you mean smollm2:135m?"],
  [["--local", "--model", "hf:owner/../model.gguf"], 1, "expected hf:user/repository/file.gguf"],
])(
  "%j is refused before anything listens",
  async (words, code, message) => {
    const { ended } = startCatenary(["serve", "--no-data", ...words], {
      environment: { CATENARY_CACHE: scratchFolder() },
    });
    const result = await ended;
    expect(result.errors).toContain(message);
    expect(result.code).toBe(code);
  },
  WITHIN_MS,
);
