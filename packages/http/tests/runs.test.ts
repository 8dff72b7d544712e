import { defineChain, type JsonObject } from "@catenary/core";
import { scriptedBackend } from "@catenary/testing";
import { expect, test } from "vitest";
import type { ServeHttpOptions } from "../src/node/serve-http.ts";
import { postJson } from "./fixtures/post-json.ts";
import { serveRuntime } from "./fixtures/serve-runtime.ts";

const waits = {
  id: "waits",
  tasks: [
    { id: "first", handler: "noop", transition: { branches: [{ operator: "default", goto: "wait" }] } },
    { id: "wait", handler: "hook", hook: { name: "wait" } },
  ],
};

async function serveWaiting(serve: ServeHttpOptions = {}) {
  let release = () => {};
  const waiting = new Promise<void>((resolve) => {
    release = resolve;
  });
  const stored = defineChain({ id: "stored", tasks: { only: { handler: "noop" } } });
  const served = await serveRuntime({
    serve,
    runtime: {
      backends: [scriptedBackend()],
      chains: [stored],
      hooks: { wait: ({ signal }) => Promise.race([waiting.then(() => "over"), aborted(signal)]) },
    },
  });
  return { served, release: () => release() };
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

async function start(url: string, body: JsonObject): Promise<string> {
  const response = await postJson(`${url}/runs`, body);
  expect(response.status).toBe(202);
  const { runId } = await response.json();
  expect(response.headers.get("location")).toBe(`/runs/${runId}`);
  return runId;
}

async function getJson(url: string): Promise<JsonObject> {
  return (await fetch(url)).json();
}

/** Each frame's id and event. */
async function framesOf(url: string, headers: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
  return readFrames(await fetch(url, { headers }));
}

async function readFrames(response: Response): Promise<readonly string[]> {
  expect(response.headers.get("content-type")).toContain("text/event-stream");
  const frames = (await response.text()).split("\n\n").filter((frame) => frame !== "");
  return frames.map((frame) => `${/^id: (\d+)$/m.exec(frame)?.[1] ?? "-"} ${/^event: (\w+)$/m.exec(frame)?.[1]}`);
}

test("a run is started, seen while it waits, and seen when it is over", async () => {
  const { served, release } = await serveWaiting();
  await using _ = served;
  const id = await start(served.url, { chain: waits, input: "x", inputType: "string" });
  await expect.poll(async () => (await getJson(`${served.url}/runs/${id}`)).state).toHaveLength(1);
  expect(await getJson(`${served.url}/runs/${id}`)).toMatchObject({ runId: id, chainId: "waits", status: "running" });
  release();
  await expect.poll(async () => (await getJson(`${served.url}/runs/${id}`)).status).toBe("completed");
  expect(await getJson(`${served.url}/runs/${id}`)).toMatchObject({
    output: "over",
    state: [{ taskID: "first" }, { taskID: "wait", transition: "ok" }],
  });
  expect(await getJson(`${served.url}/runs`)).toEqual([{ runId: id, chainId: "waits", status: "completed" }]);
});

test("a stored chain is started by its id", async () => {
  const { served } = await serveWaiting();
  await using _ = served;
  const id = await start(served.url, { chain: "stored", input: "x", inputType: "string" });
  await expect.poll(async () => (await getJson(`${served.url}/runs/${id}`)).output).toBe("x");
});

test("the events of a run come to its end, and a client that comes back gets those after the last it has", async () => {
  const { served, release } = await serveWaiting();
  await using _ = served;
  const id = await start(served.url, { chain: waits, input: "x", inputType: "string" });
  const url = `${served.url}/runs/${id}/events`;
  const all = framesOf(url);
  const rest = framesOf(url, { "last-event-id": "3" });
  release();
  expect(await all).toEqual([
    "0 run_started",
    "1 step_started",
    "2 step_completed",
    "3 step_started",
    "4 step_completed",
    "5 run_completed",
  ]);
  expect(await rest).toEqual(["4 step_completed", "5 run_completed"]);
  expect(await framesOf(url, { "last-event-id": "4" })).toEqual(["5 run_completed"]);
  for (const [lastEventId, status] of [
    ["5", 204],
    ["6", 422],
    ["999", 422],
  ] as const) {
    const response = await fetch(url, { headers: { "last-event-id": lastEventId } });
    expect([response.status, response.headers.get("content-length") === null], lastEventId).toEqual([
      status,
      status === 204,
    ]);
  }
});

test("pieces of text are among the events, without an id, unless they are not wanted", async () => {
  const { served, release } = await serveWaiting();
  await using _ = served;
  const says = { id: "says", handler: "raw_string" };
  const wait = { ...waits.tasks[1], transition: { branches: [{ operator: "default", goto: "says" }] } };
  const id = await start(served.url, { chain: { id: "c", tasks: [wait, says] }, input: "x", inputType: "string" });
  const url = `${served.url}/runs/${id}/events`;
  const [withText, without] = await Promise.all([fetch(url), fetch(`${url}?deltas=false`)]);
  release();
  expect(await readFrames(withText)).toContain("- step_delta");
  expect(await readFrames(without)).toEqual([
    "0 run_started",
    "1 step_started",
    "2 step_completed",
    "3 step_started",
    "4 step_completed",
    "5 run_completed",
  ]);
});

test("a run is cancelled, and its events end", async () => {
  const { served } = await serveWaiting();
  await using _ = served;
  const id = await start(served.url, { chain: waits, input: "x", inputType: "string" });
  const events = framesOf(`${served.url}/runs/${id}/events`);
  const cancel = async () => (await fetch(`${served.url}/runs/${id}/cancel`, { method: "POST" })).json();
  expect(await cancel()).toEqual({ runId: id, cancelled: true });
  expect((await events).at(-1)).toMatch(/^\d+ run_cancelled$/);
  await expect.poll(async () => (await getJson(`${served.url}/runs/${id}`)).status).toBe("cancelled");
  expect(await cancel()).toEqual({ runId: id, cancelled: false });
});

test("a server that is to stop does not wait for the followers of runs and of downloads", async () => {
  // The test would come to its own end long before the grace's.
  const { served, release } = await serveWaiting({ graceMs: 600_000 });
  const id = await start(served.url, { chain: waits, input: "x", inputType: "string" });
  const following = await Promise.all(
    [`/runs/${id}/events`, "/queue/inProgress"].map((path) => fetch(`${served.url}${path}`)),
  );
  await served.close();
  const [run, downloads] = await Promise.all(following.map((response) => response.text()));
  expect(run).toContain("event: run_started");
  expect(run).not.toContain("event: run_completed");
  expect(run).toMatch(/\n\nevent: server_stopping\ndata: \{.*"message":"the server is stopping: .*cancelled"\}\n\n$/);
  expect(downloads).toBe("");
  release();
});

test("a client that leaves a run's events does not end the run", async () => {
  const { served, release } = await serveWaiting();
  await using _ = served;
  const id = await start(served.url, { chain: waits, input: "x", inputType: "string" });
  const leave = new AbortController();
  const response = await fetch(`${served.url}/runs/${id}/events`, { signal: leave.signal });
  leave.abort();
  await expect(response.text()).rejects.toThrow();
  release();
  await expect.poll(async () => (await getJson(`${served.url}/runs/${id}`)).status).toBe("completed");
});

test("runs of many pages are each there once, the newest first", async () => {
  const { served } = await serveWaiting();
  await using _ = served;
  const ids: string[] = [];
  for (let count = 0; count < 5; count++)
    ids.push(await start(served.url, { chain: "stored", input: "x", inputType: "string" }));
  const seen: string[] = [];
  for (let cursor: string | null = ""; cursor !== null; ) {
    const response: Response = await fetch(`${served.url}/runs?limit=2&cursor=${encodeURIComponent(cursor)}`);
    const page: { runId: string }[] = await response.json();
    expect(page.length).toBeLessThanOrEqual(2);
    seen.push(...page.map(({ runId }) => runId));
    cursor = response.headers.get("x-next-cursor");
  }
  expect(seen).toEqual(ids.toReversed());
  expect(await getJson(`${served.url}/runs?limit=0`)).toEqual([]);
});

test.each([
  ["GET", "/runs/none", 404],
  ["GET", "/runs/none/events", 404],
  ["POST", "/runs/none/cancel", 404],
  ["GET", "/runs?limit=-1", 422],
  ["GET", "/runs?limit=many", 422],
  ["GET", "/runs?limit=1001", 400],
  ["GET", "/runs?cursor=forgotten", 422],
])("%s %s is answered with %i", async (method, path, status) => {
  await using served = await serveRuntime();
  const response = await fetch(`${served.url}${path}`, { method });
  expect(response.status).toBe(status);
  expect(await response.json()).toMatchObject({ error: { message: expect.any(String) } });
});

test("a query that the document excludes is refused, with its place, and an empty one is none", async () => {
  const { served } = await serveWaiting();
  await using _ = served;
  const id = await start(served.url, { chain: "stored", input: "x", inputType: "string" });
  const response = await fetch(`${served.url}/runs/${id}/events?deltas=zz`);
  expect(response.status).toBe(422);
  expect(await response.json()).toMatchObject({
    error: { param: "deltas", message: "the query's deltas expects one of true, false; got a string" },
  });
  const events = await fetch(`${served.url}/runs/${id}/events?deltas=&more=1`);
  expect(events.status).toBe(200);
  await events.body?.cancel();
});

test("an id of an event that is none is refused", async () => {
  const { served } = await serveWaiting();
  await using _ = served;
  const id = await start(served.url, { chain: "stored", input: "x", inputType: "string" });
  const response = await fetch(`${served.url}/runs/${id}/events`, { headers: { "last-event-id": "x" } });
  expect(response.status).toBe(400);
});

test("a stored chain that cannot be run is told as that, with where and why", async () => {
  await using served = await serveRuntime();
  const bad = {
    id: "bad",
    tasks: [{ id: "a", handler: "raw_strng", transition: { branches: [{ operator: "default", goto: "nix" }] } }],
  };
  expect((await postJson(`${served.url}/taskchains`, bad)).status).toBe(201);
  const response = await postJson(`${served.url}/runs`, { chain: "bad", input: "x" });
  expect(response.status).toBe(400);
  expect((await response.json()).error.message).toMatch(/cannot be run.*nix/s);
  expect((await postJson(`${served.url}/runs`, { chain: "nobody", input: "x" })).status).toBe(404);
});

test("a place behind the last event of a run that waits is none", async () => {
  const { served, release } = await serveWaiting();
  await using _ = served;
  const id = await start(served.url, { chain: waits, input: "x", inputType: "string" });
  await expect.poll(async () => (await getJson(`${served.url}/runs/${id}`)).state).toHaveLength(1);
  const response = await fetch(`${served.url}/runs/${id}/events`, { headers: { "last-event-id": "500" } });
  expect(response.status).toBe(422);
  release();
});

test("who follows a run after it began has the text of its first task in pieces, and all of it", async () => {
  const backend = scriptedBackend({ replies: [{ chunks: ["one ", "two ", "three"], delayMs: 20, chunkDelayMs: 60 }] });
  await using served = await serveRuntime({ runtime: { backends: [backend] } });
  const chain = { id: "says", tasks: [{ id: "say", handler: "raw_string" }] };
  const id = await start(served.url, { chain, input: "x", inputType: "string" });
  await expect.poll(() => backend.calls.length).toBe(1);
  const text = await (await fetch(`${served.url}/runs/${id}/events`)).text();
  const pieces = [...text.matchAll(/^event: step_delta\ndata: (.*)$/gm)].map(
    ([, event = ""]) => JSON.parse(event).text,
  );
  expect(pieces.length).toBeGreaterThan(1);
  expect(pieces.join("")).toBe("one two three");
});
