import { describe, expect, it } from "vitest";
import { createFakeOllama, type FakeOllama } from "./fake-ollama.ts";

const root = "http://127.0.0.1:11434";
const post = (fake: FakeOllama, path: string, body: object, method = "POST") =>
  fake(root + path, { method, body: JSON.stringify(body) });
const chat = (text: string, more: object = {}) => ({
  model: "llama3.2",
  stream: false,
  messages: [{ role: "user", content: text }],
  ...more,
});
async function said(response: Promise<Response>): Promise<string> {
  const { message }: { message: { content: string } } = await (await response).json();
  return message.content;
}
async function lines(response: Promise<Response>): Promise<unknown[]> {
  return (await (await response).text())
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
}

describe("a fake Ollama", () => {
  it("repeats what it was asked, where nobody told it what to say", async () => {
    expect(await said(post(createFakeOllama(), "/api/chat", chat("Hello?")))).toBe(
      "This is llama3.2. You said: Hello?",
    );
  });

  it("gives the answers it was told, in their order, then asks its function", async () => {
    const fake = createFakeOllama({ answer: ({ text, options }) => `${text} at ${options.temperature}` });
    fake.reply("first", { content: "second" });
    const answers = [];
    for (const text of ["a", "b", "c"]) {
      answers.push(await said(post(fake, "/api/chat", chat(text, { options: { temperature: 0.5 } }))));
    }
    expect(answers).toEqual(["first", "second", "c at 0.5"]);
  });

  it("shows the function all that was asked", async () => {
    const seen: unknown[] = [];
    const fake = createFakeOllama({
      answer: (question) => {
        seen.push(question);
        return "ok";
      },
    });
    await post(fake, "/api/generate", { model: "llama3.2", system: "Be brief.", prompt: "hi", stream: false });
    expect(seen).toMatchObject([
      {
        route: "generate",
        model: "llama3.2",
        text: "hi",
        messages: [
          { role: "system", content: "Be brief." },
          { role: "user", content: "hi" },
        ],
      },
    ]);
  });

  it("streams the words that it says at once, and counts them", async () => {
    const streamed = await lines(post(createFakeOllama(), "/api/chat", chat("two  words ", { stream: true })));
    const text = streamed.map((line) => (line as { message: { content: string } }).message.content).join("");
    expect(text).toBe("This is llama3.2. You said: two  words ");
    expect(streamed.at(-1)).toMatchObject({ done: true, done_reason: "stop", prompt_eval_count: 2, eval_count: 7 });
  });

  it("stops at a stop sequence and at num_predict", async () => {
    const fake = createFakeOllama({ answer: () => "one two STOP three" });
    expect(await said(post(fake, "/api/chat", chat("", { options: { stop: ["never", " STOP"] } })))).toBe("one two");
    const cut = await (await post(fake, "/api/chat", chat("", { options: { num_predict: 1 } }))).json();
    expect(cut).toMatchObject({ message: { content: "one" }, done_reason: "length", eval_count: 1 });
  });

  it("obeys a schema, and calls the first tool until it has the result", async () => {
    const fake = createFakeOllama();
    const format = { type: "object", properties: { ok: { enum: ["yes", "no"] } }, required: ["ok"] };
    expect(await said(post(fake, "/api/chat", chat("", { format })))).toBe('{"ok":"yes"}');
    const parameters = { type: "object", properties: { city: { type: "string" } } };
    const tools = [{ type: "function", function: { name: "weather", parameters } }];
    const asked = await (await post(fake, "/api/chat", chat("Oslo?", { tools }))).json();
    expect(asked).toMatchObject({
      message: {
        content: "",
        tool_calls: [{ function: { index: 0, name: "weather", arguments: { city: "sample" } } }],
      },
    });
    const messages = [
      { role: "user", content: "Oslo?" },
      { role: "tool", tool_name: "weather", content: "31" },
    ];
    expect(await said(post(fake, "/api/chat", chat("", { tools, messages })))).toContain("31");
  });

  it("fails in the middle of a stream where it is told to, and with 500 where it does not stream", async () => {
    const fake = createFakeOllama();
    fake.reply({ content: "one", error: "out of memory" }, { content: "one", error: "out of memory" });
    expect(await lines(post(fake, "/api/chat", chat("", { stream: true })))).toMatchObject([
      { message: { content: "one" } },
      { error: "out of memory" },
    ]);
    expect((await post(fake, "/api/chat", chat(""))).status).toBe(500);
  });

  it("finds a model without its tag and in another case, as the real one", async () => {
    const fake = createFakeOllama({ models: ["Phi3:3.8b", "llama3.2"] });
    expect((await post(fake, "/api/show", { model: "phi3:3.8b" })).status).toBe(200);
    expect((await post(fake, "/api/show", { model: "llama3.2:latest" })).status).toBe(200);
    expect((await post(fake, "/api/show", { model: "phi3" })).status).toBe(404);
  });

  it("pulls, copies and deletes models", async () => {
    const fake = createFakeOllama({ models: [], registry: ["tiny:1b"] });
    expect(await lines(post(fake, "/api/pull", { model: "nothing" }))).toMatchObject([
      {},
      { error: expect.stringContaining("file does not exist") },
    ]);
    expect((await lines(post(fake, "/api/pull", { model: "tiny:1b" }))).at(-1)).toEqual({ status: "success" });
    expect((await post(fake, "/api/copy", { source: "tiny:1b", destination: "copy" })).status).toBe(200);
    expect(fake.models()).toEqual(["tiny:1b", "copy:latest"]);
    expect((await post(fake, "/api/delete", { model: "tiny:1b" }, "DELETE")).status).toBe(200);
    expect(fake.models()).toEqual(["copy:latest"]);
  });

  it("does not have a model before its pull is over", async () => {
    const fake = createFakeOllama({ models: [], registry: ["tiny:1b"] });
    fake.faults.next({ kind: "cut", afterChunks: 3 });
    await expect((await post(fake, "/api/pull", { model: "tiny:1b" })).text()).rejects.toThrow();
    expect(fake.models()).toEqual([]);
  });

  it("tells which models are in memory", async () => {
    const fake = createFakeOllama();
    const running = async () =>
      (await (await fake(`${root}/api/ps`)).json()).models.map((model: { name: string }) => model.name);
    expect(await running()).toEqual([]);
    await post(fake, "/api/chat", chat("hi"));
    expect(await running()).toEqual(["llama3.2:latest"]);
  });

  it("gives the same text the same vector of length 1", async () => {
    const response = await post(createFakeOllama(), "/api/embed", {
      model: "nomic-embed-text",
      input: ["a", "b", "a"],
    });
    const { embeddings }: { embeddings: number[][] } = await response.json();
    const [first = [], second, third] = embeddings;
    expect(third).toEqual(first);
    expect(second).not.toEqual(first);
    expect(Math.hypot(...first)).toBeCloseTo(1);
  });

  it("remembers what it was asked", async () => {
    const fake = createFakeOllama();
    await fake(`${root}/api/tags?a=1`, { headers: { "X-Team": "blue" } });
    await post(fake, "/api/show", { model: "llama3.2" });
    expect(fake.requests).toMatchObject([
      { method: "GET", path: "/api/tags?a=1", headers: { "x-team": "blue" }, text: "" },
      { method: "POST", path: "/api/show", body: { model: "llama3.2" } },
    ]);
  });
});
