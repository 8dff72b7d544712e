import { once } from "node:events";
import { createRuntime } from "@catenary/core";
import { type ScriptedBackend, scriptedBackend } from "@catenary/testing";
import { createAdaptorServer } from "@hono/node-server";
import { expect, test } from "vitest";
import { createApp } from "./app.ts";

const question = { messages: [{ role: "user", content: "Say hello." }] };

async function withApp(backend: ScriptedBackend, use: (url: string) => Promise<void>) {
  await using runtime = createRuntime({ backends: [backend] });
  const server = createAdaptorServer(createApp(runtime));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  try {
    const address = server.address();
    await use(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
  } finally {
    server.close();
  }
}

function post(url: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    ...(signal !== undefined && { signal }),
  });
}

test("a chat is answered", () =>
  withApp(scriptedBackend({ replies: ["Hello there."] }), async (url) => {
    const response = await post(`${url}/ai/v1/chat/completions`, question);
    expect(await response.json()).toMatchObject({ choices: [{ message: { content: "Hello there." } }] });
  }));

test("a chat is streamed", () =>
  withApp(scriptedBackend({ replies: ["Hello there."] }), async (url) => {
    const response = await post(`${url}/ai/v1/chat/completions`, { ...question, stream: true });
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    expect(textOf(await response.text())).toBe("Hello there.");
  }));

test("a client that leaves ends its call", async () => {
  const backend = scriptedBackend({ replies: [{ text: "Hello", hang: true }] });
  await withApp(backend, async (url) => {
    const leave = new AbortController();
    const response = await post(`${url}/ai/v1/chat/completions`, { ...question, stream: true }, leave.signal);
    await response.body?.getReader().read();
    leave.abort();
    await expect.poll(() => backend.calls[0]?.options.abortSignal?.aborted).toBe(true);
  });
});

test("the application's own routes stay its own", () =>
  withApp(scriptedBackend(), async (url) => {
    expect(await (await fetch(url)).text()).toBe("the application's own page");
    expect(await (await post(`${url}/orders`, { item: 1 })).json()).toEqual({ ordered: { item: 1 } });
    expect((await fetch(`${url}/nowhere`)).status).toBe(404);
  }));

/** The text of a stream of chunks. */
function textOf(stream: string): string {
  const frames = stream.split("\n\n").filter((frame) => frame.startsWith("data: {"));
  return frames.map((frame) => JSON.parse(frame.slice(6)).choices[0]?.delta.content ?? "").join("");
}
