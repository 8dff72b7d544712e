import { type Backend, createRuntime, type PullProgress } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { createHttpHandler } from "../../src/create-http-handler.ts";
import { serveHttp } from "../../src/node/serve-http.ts";
import { talkTo } from "../fixtures/talk-to.ts";

interface Pull {
  readonly model: string;
  progress(progress: PullProgress): void;
  succeed(): void;
}

/** A served runtime whose one backend fetches a model when the test says so. */
async function serveQueue() {
  const pulls: Pull[] = [];
  const backend: Backend = {
    ...scriptedBackend({ id: "a", models: ["have"] }),
    baseUrl: "http://a.test:1",
    pullModel: (model, { signal, onProgress } = {}) =>
      new Promise<void>((succeed, fail) => {
        signal?.addEventListener("abort", () => fail(signal.reason), { once: true });
        pulls.push({ model, progress: (progress) => onProgress?.(progress), succeed });
      }),
  };
  const runtime = createRuntime({ backends: [backend], pull: "missing", syncEveryMs: 60_000 });
  const served = await serveHttp(createHttpHandler(runtime), { port: 0, graceMs: 50 });
  return {
    runtime,
    pulls,
    url: served.url,
    talk: talkTo(served.url),
    async [Symbol.asyncDispose]() {
      await served.close();
      await runtime.close();
    },
  };
}

test("what is fetched, and what waits for it, is in the queue until somebody stops it", async () => {
  await using served = await serveQueue();
  const { talk, runtime } = served;
  expect((await talk("GET /queue")).body).toEqual([]);
  for (const model of ["m:1b", "n:1b"]) runtime.downloads.create({ backend: "a", model });
  const job = {
    id: "http://a.test:1",
    taskType: "model_download",
    modelJob: { url: "http://a.test:1", model: "m:1b" },
    scheduledFor: 0,
    validUntil: 0,
    createdAt: expect.stringMatching(/^2.*Z$/),
    state: "running",
  };
  expect((await talk("GET /queue")).body).toEqual([
    job,
    { ...job, state: "queued", modelJob: { ...job.modelJob, model: "n:1b" } },
  ]);
  expect(await talk("DELETE /queue/other")).toMatchObject({ status: 200, body: "Model removed from queue" });
  expect(await talk("DELETE /queue/m:1b")).toMatchObject({ status: 200, body: "Model removed from queue" });
  expect((await talk("GET /queue")).body).toMatchObject([{ state: "running", modelJob: { model: "n:1b" } }]);
  const stopped = await talk(`DELETE /queue/cancel?url=${encodeURIComponent("http://a.test:1")}`);
  expect(stopped).toMatchObject({ status: 200, body: "Model download cancellation initiated" });
  expect((await talk("GET /queue")).body).toEqual([]);
});

test("a download is stopped by its model, and only where one is named", async () => {
  await using served = await serveQueue();
  const { talk, runtime } = served;
  runtime.downloads.create({ backend: "a", model: "m:1b" });
  expect((await talk("DELETE /queue/cancel?model=other&url=")).status).toBe(200);
  for (const query of ["", "?model=", "?other=m:1b"])
    expect((await talk(`DELETE /queue/cancel${query}`)).status).toBe(400);
  expect((await talk("GET /queue")).body).toHaveLength(1);
  await talk("DELETE /queue/cancel?model=m:1b");
  expect((await talk("GET /queue")).body).toEqual([]);
});

test("a model that is removed for good takes its download with it", async () => {
  await using served = await serveQueue();
  const { talk, runtime } = served;
  await talk("POST /models", { model: "m:1b", contextLength: 1, canChat: true });
  runtime.downloads.create({ backend: "a", model: "m:1b" });
  await talk("DELETE /models/m:1b?purge=true");
  expect(runtime.downloads.list()).toEqual([]);
});

test("downloads are followed as they go on, from the first moment", async () => {
  await using served = await serveQueue();
  const { runtime, pulls } = served;
  const leaving = new AbortController();
  const response = await fetch(`${served.url}/queue/inProgress`, { signal: leaving.signal });
  expect(response.headers.get("content-type")).toMatch(/^text\/event-stream/);
  const frames = framesOf(response);
  runtime.downloads.create({ backend: "a", model: "m:1b" });
  await until(frames, ({ status }) => status === "pulling");
  pulls[0]?.progress({ status: "pulling d1", digest: "d1", total: 10, completed: 5 });
  const place = { model: "m:1b", baseUrl: "http://a.test:1" };
  expect(await until(frames, ({ status }) => status === "pulling d1")).toEqual({
    ...place,
    status: "pulling d1",
    digest: "d1",
    total: 10,
    completed: 5,
  });
  pulls[0]?.succeed();
  expect(await until(frames, ({ status }) => status === "success")).toMatchObject(place);
  leaving.abort();
  await expect(frames.next()).rejects.toThrow();
});

test("a download that is under way is told to whoever comes later", async () => {
  await using served = await serveQueue();
  const { runtime, pulls } = served;
  runtime.downloads.create({ backend: "a", model: "m:1b" });
  pulls[0]?.progress({ status: "pulling d1", digest: "d1", total: 10, completed: 5 });
  const leaving = new AbortController();
  const frames = framesOf(await fetch(`${served.url}/queue/inProgress`, { signal: leaving.signal }));
  expect((await frames.next()).value).toMatchObject({ status: "pulling d1", completed: 5 });
  leaving.abort();
});

type Frame = Readonly<Record<string, unknown>>;

async function until(frames: AsyncGenerator<Frame, void>, isMeant: (frame: Frame) => boolean): Promise<Frame> {
  for (;;) {
    const { value } = await frames.next();
    if (value === undefined) throw new Error("the stream ended before what was waited for");
    if (isMeant(value)) return value;
  }
}

async function* framesOf(response: Response): AsyncGenerator<Frame, void> {
  let text = "";
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const frames = text.split("\n\n");
    text = frames.pop() ?? "";
    for (const frame of frames) if (frame.startsWith("data: ")) yield JSON.parse(frame.slice(6));
  }
}
