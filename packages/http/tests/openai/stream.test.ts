import { scriptedBackend } from "@catenary/testing";
import type OpenAI from "openai";
import { expect, test } from "vitest";
import { serveOpenAI } from "./serve-openai.ts";

type Ask = OpenAI.ChatCompletionCreateParamsStreaming;
type Chunk = OpenAI.ChatCompletionChunk;

const ask = (more: Partial<Ask> = {}): Ask => ({
  model: "scripted",
  messages: [{ role: "user", content: "q" }],
  stream: true,
  ...more,
});

async function collect(stream: AsyncIterable<Chunk>): Promise<readonly Chunk[]> {
  const chunks: Chunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

const deltasOf = (chunks: readonly Chunk[]) => chunks.flatMap(({ choices }) => choices.map(({ delta }) => delta));

test("an answer comes in the model's own pieces, between a role and a reason, with all its white space", async () => {
  const chunks = [" a ", "\n\n", "é 漢字 <b>&amp;", "  😀\t"];
  await using served = await serveOpenAI({ backends: [scriptedBackend({ replies: [{ chunks }] })] });
  const received = await collect(await served.client.chat.completions.create(ask()));
  expect(deltasOf(received)).toEqual([
    { role: "assistant", content: "" },
    ...chunks.map((content) => ({ content })),
    {},
  ]);
  expect(received.map(({ choices }) => choices[0]?.finish_reason)).toEqual([null, null, null, null, null, "stop"]);
  expect(new Set(received.map(({ id, created, model, object }) => `${id} ${created} ${model} ${object}`)).size).toBe(1);
  expect(received[0]).toMatchObject({ object: "chat.completion.chunk", model: "scripted" });
  expect(received.some((chunk) => "usage" in chunk)).toBe(false);
});

test("on the wire a stream is one line a frame, ends with [DONE], and is kept from proxies", async () => {
  await using served = await serveOpenAI({ backends: [scriptedBackend({ replies: ["a\nb <b>"] })] });
  const response = await fetch(`${served.url}/v1/chat/completions`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(ask()),
  });
  expect(response.headers.get("content-type")).toBe("text/event-stream; charset=utf-8");
  expect(response.headers.get("cache-control")).toBe("no-cache, no-transform");
  const text = await response.text();
  expect(text).toMatch(/^(?:data: \{[^\n]*\}\n\n)+data: \[DONE\]\n\n$/);
  expect(text).toContain("\\u003cb\\u003e");
});

test("who asks for the usage gets it in a chunk of its own at the end, and null before", async () => {
  const replies = [{ text: "a b", usage: { inputTokens: 3, outputTokens: 2 } }];
  await using served = await serveOpenAI({ backends: [scriptedBackend({ replies })] });
  const chunks = await collect(
    await served.client.chat.completions.create(ask({ stream_options: { include_usage: true } })),
  );
  const last = chunks.at(-1);
  expect(last).toMatchObject({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2, total_tokens: 5 } });
  expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
});

test("tool calls come in pieces: id and name first, then the arguments as the model writes them", async () => {
  const replies = [
    {
      text: "Let me see.",
      toolCalls: [
        { id: "c1", name: "f", args: { a: 1 } },
        { id: "c2", name: "g", args: { b: "x" } },
      ],
    },
  ];
  await using served = await serveOpenAI({ backends: [scriptedBackend({ replies })] });
  const stream = served.client.chat.completions.stream(ask());
  const completion = await stream.finalChatCompletion();
  expect(completion.choices[0]).toMatchObject({
    finish_reason: "tool_calls",
    message: {
      content: "Let me see.",
      tool_calls: [
        { id: "c1", function: { name: "f", arguments: '{"a":1}' } },
        { id: "c2", function: { name: "g", arguments: '{"b":"x"}' } },
      ],
    },
  });
});

test("several answers come mixed, each under its index and each with its end", async () => {
  const replies = ["one two", "three four", "five six"];
  await using served = await serveOpenAI({ backends: [scriptedBackend({ replies })] });
  const chunks = await collect(
    await served.client.chat.completions.create(ask({ n: 3, stream_options: { include_usage: true } })),
  );
  const choices = chunks.flatMap((chunk) => chunk.choices);
  const texts = [0, 1, 2].map((index) =>
    choices.flatMap((choice) => (choice.index === index ? (choice.delta.content ?? "") : [])).join(""),
  );
  expect(texts.sort()).toEqual(["five six", "one two", "three four"]);
  expect(choices.filter(({ delta }) => delta.role === "assistant")).toHaveLength(3);
  expect(choices.filter(({ finish_reason }) => finish_reason === "stop")).toHaveLength(3);
  expect(chunks.at(-1)?.usage?.completion_tokens).toBe(6);
});

test("a failure before the answer begins has a status; one in the middle ends the stream with its error and no [DONE]", async () => {
  const replies = [
    { text: "a b c", error: { status: 500, message: "boom" } },
    { text: "a b c", error: { status: 500, message: "boom", afterChunks: 2 } },
  ];
  await using served = await serveOpenAI({ backends: [scriptedBackend({ replies })] });
  await expect(served.client.chat.completions.create(ask())).rejects.toMatchObject({ status: 502 });
  const received: string[] = [];
  const reading = async () => {
    const stream = await served.client.chat.completions.create(ask());
    for await (const { choices } of stream) received.push(choices[0]?.delta.content ?? "");
  };
  await expect(reading()).rejects.toMatchObject({ code: "upstream_error", type: "api_error" });
  expect(received.join("")).toBe("a b");
});

test("a client that leaves in the middle of a stream ends the model's call", async () => {
  const backend = scriptedBackend({ replies: [{ text: "a b", hang: true }] });
  await using served = await serveOpenAI({ backends: [backend] });
  const stream = await served.client.chat.completions.create(ask());
  for await (const { choices } of stream) if (choices[0]?.delta.content) break;
  const [call] = backend.calls;
  await expect.poll(() => call?.options.abortSignal?.aborted).toBe(true);
});

test("a client that leaves before an answer ends the model's call", async () => {
  const backend = scriptedBackend({ replies: [{ hang: true }] });
  await using served = await serveOpenAI({ backends: [backend] });
  const leaving = new AbortController();
  const asked = served.client.chat.completions.create({ ...ask(), stream: false }, { signal: leaving.signal });
  await expect.poll(() => backend.calls.length).toBe(1);
  leaving.abort();
  await expect(asked).rejects.toThrow("aborted");
  await expect.poll(() => backend.calls[0]?.options.abortSignal?.aborted).toBe(true);
});
