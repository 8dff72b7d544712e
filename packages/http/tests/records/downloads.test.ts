import { type Backend, CatenaryError, createRuntime } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import { createHttpHandler } from "../../src/create-http-handler.ts";
import { serveHttp } from "../../src/node/serve-http.ts";
import { talkTo } from "../fixtures/talk-to.ts";

const REFUSED = "the registry of models has no such model";

/** A served runtime with a backend whose downloads fail, until there are some that do not end, and one that cannot fetch. */
async function serveDownloads() {
  let works = false;
  const backend: Backend = {
    ...scriptedBackend({ id: "a/b", models: ["have"] }),
    name: "near",
    baseUrl: "http://a.test:1",
    pullModel: (_model, { signal } = {}) =>
      new Promise<void>((_succeed, fail) => {
        signal?.addEventListener("abort", () => fail(signal.reason), { once: true });
        if (!works) fail(new CatenaryError("pull_failed", REFUSED, { failure: "bad_request" }));
      }),
  };
  const runtime = createRuntime({
    backends: [backend, scriptedBackend({ id: "fixed" })],
    pull: "missing",
    syncEveryMs: 60_000,
  });
  const served = await serveHttp(createHttpHandler(runtime), { port: 0, graceMs: 50 });
  return {
    runtime,
    talk: talkTo(served.url),
    mend: () => {
      works = true;
    },
    async [Symbol.asyncDispose]() {
      await served.close();
      await runtime.close();
    },
  };
}

const ID = "a%2Fb/m:1b";
const AT = `/downloads/${encodeURIComponent(ID)}`;

async function failedOne(served: Awaited<ReturnType<typeof serveDownloads>>): Promise<void> {
  const { id } = served.runtime.downloads.create({ backend: "a/b", model: "m:1b" });
  await expect(served.runtime.downloads.wait(id)).rejects.toThrow(REFUSED);
}

test("a download that failed is told with its reason, though the queue has it no more", async () => {
  await using served = await serveDownloads();
  const { talk } = served;
  await failedOne(served);
  expect((await talk("GET /queue")).body).toEqual([]);
  const time = expect.stringMatching(/^2.*Z$/);
  const failed = {
    id: ID,
    backend: "a/b",
    name: "near",
    baseUrl: "http://a.test:1",
    model: "m:1b",
    state: "failed",
    tries: 1,
    error: { message: expect.stringContaining(REFUSED), code: expect.any(String) },
    createdAt: time,
    startedAt: time,
    endedAt: time,
  };
  expect((await talk("GET /downloads")).body).toEqual([failed]);
  expect((await talk("GET /downloads?state=failed")).body).toEqual([failed]);
  expect((await talk("GET /downloads?state=running")).body).toEqual([]);
  expect((await talk(`GET ${AT}`)).body).toEqual(failed);
});

test("it is begun again by its id, and stopped by it", async () => {
  await using served = await serveDownloads();
  const { talk, mend } = served;
  await failedOne(served);
  mend();
  expect(await talk(`POST ${AT}/retry`)).toMatchObject({ status: 202, body: { id: ID, state: "running", tries: 1 } });
  expect(await talk(`POST ${AT}/cancel`)).toMatchObject({ status: 200, body: { id: ID, cancelled: true } });
  expect(await talk(`POST ${AT}/cancel`)).toMatchObject({ status: 200, body: { id: ID, cancelled: false } });
  expect((await talk(`GET ${AT}`)).body).toMatchObject({ state: "cancelled" });
});

test.for(["a/b", "near"])(
  "a model is fetched onto the backend %s, and one that failed is begun again",
  async (name) => {
    await using served = await serveDownloads();
    const { talk, mend } = served;
    await failedOne(served);
    mend();
    const begun = { status: 202, body: { id: ID, backend: "a/b", state: "running" } };
    expect(await talk("POST /downloads", { backend: name, model: "m:1b" })).toMatchObject(begun);
    // What is under way is that download.
    expect(await talk("POST /downloads", { backend: name, model: "m:1b" })).toMatchObject(begun);
    expect((await talk("GET /queue")).body).toHaveLength(1);
  },
);

test("what cannot be fetched is refused, and what nobody asked for is not found", async () => {
  await using served = await serveDownloads();
  const { talk } = served;
  expect((await talk("POST /downloads", { backend: "other", model: "m" })).status).toBe(404);
  expect((await talk("POST /downloads", { backend: "fixed", model: "m" })).status).toBe(422);
  expect((await talk("POST /downloads", { backend: "a/b", model: "" })).status).toBe(422);
  expect(await talk("GET /downloads?state=broken")).toMatchObject({
    status: 422,
    body: { error: { param: "state", message: expect.stringContaining("failed") } },
  });
  for (const request of ["GET /downloads/x", "POST /downloads/x/retry", "POST /downloads/x/cancel"])
    expect(await talk(request)).toMatchObject({ status: 404, body: { error: { code: "not_found" } } });
});

test("a call that names a model whose download failed is told how to begin it again, by request", async () => {
  await using served = await serveDownloads();
  const { talk } = served;
  await failedOne(served);
  const { body } = await talk("POST /execute", { prompt: "q", model_name: "m:1b" });
  const told = JSON.stringify(body);
  expect(told).toContain("POST /downloads");
  expect(told).not.toContain("runtime.downloads");
});

test("who assigns a model whose download failed has it fetched", async () => {
  await using served = await serveDownloads();
  const { talk, runtime, mend } = served;
  await failedOne(served);
  mend();
  await talk("POST /models", { model: "m:1b", contextLength: 1, canChat: true });
  await talk("POST /backend-affinity/internal_chat_group/backends/a%2Fb");
  expect((await talk("POST /model-affinity/internal_chat_group/models/m:1b")).status).toBe(200);
  await runtime.sync();
  expect((await talk("GET /downloads")).body).toMatchObject([{ model: "m:1b", state: "running" }]);
});
