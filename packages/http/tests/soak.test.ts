import { Agent, request as ask } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createRuntime, type Fetch, parseChain, type Runtime } from "@catenary/core";
import { openaiCompatible } from "@catenary/openai";
import { createFakeOpenAI, standIn } from "@catenary/testing";
import { serve } from "@catenary/testing/node";
import { expect, test } from "vitest";
import { allRoutes } from "../src/all-routes.ts";
import { buildHandler } from "../src/build-handler.ts";
import { type ServedHttp, serveHttp } from "../src/node/serve-http.ts";
import { createSurface } from "../src/surface.ts";
import { call, echo, raw, streamOf } from "./fixtures/test-routes.ts";

/** Two seconds every day, ten minutes in the long tests, and as long as somebody asks for. */
const SECONDS = Number(process.env.CATENARY_SOAK_SECONDS ?? (process.env.CATENARY_LONG ? 600 : 2));
const FOR_MS = SECONDS * 1_000;
const AT_ONCE = 16;
/** What a heap may grow by between a third of the time and its end, whatever is under way in it. */
const MOST_GROWTH = 24 * 2 ** 20;

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

const post = (path: string, body: unknown): Shot => ({ method: "POST", path, body: JSON.stringify(body) });

const END = { branches: [{ operator: "default", goto: "end" }] };
const chain = {
  id: "c",
  tasks: [
    { id: "say", handler: "raw_string", transition: { branches: [{ operator: "default", goto: "rest" }] } },
    { id: "rest", handler: "noop", transition: END },
  ],
};
const messages = [{ role: "user", content: "Say something about swifts, which sleep on the wing." }];
const chat = (path: string, model: string, stream: boolean) => post(path, { model, stream, messages });

const SHOTS: readonly Shot[] = [
  { method: "GET", path: "/call/a/b?x=1" },
  { method: "POST", path: "/echo", body: '{"name":"a"}' },
  { method: "POST", path: "/echo", body: '{"name":' },
  { method: "PUT", path: "/raw", body: "x".repeat(200_000) },
  { method: "PUT", path: "/raw", body: "x".repeat(2_000_000) },
  { method: "GET", path: "/stream" },
  { method: "GET", path: "/endless" },
  { method: "GET", path: "/nowhere" },
  { method: "GET", path: "/openapi.json" },
  { method: "GET", path: "/taskchains" },
  { method: "GET", path: "/runs" },
  post("/tasks", { input: "Hi", inputType: "string", chain }),
  post("/tasks", { input: "Hi", inputType: "string", chain: { ...chain, tasks: [{ id: "x", handler: "nothing" }] } }),
  post("/runs", { input: "Hi", inputType: "string", chain: "c" }),
  ...[true, false].flatMap((stream) => [
    chat("/v1/chat/completions", "stand-in", stream),
    chat("/v1/chat/completions", "far-away", stream),
    chat("/v1/chat/completions", "nobody", stream),
    chat("/openai/c/v1/chat/completions", "stand-in", stream),
  ]),
  post("/v1/embeddings", { model: "stand-in-embed", input: "swift" }),
];

test(`${SECONDS} seconds of mixed requests, half of which are given up, leave nothing behind`, {
  timeout: FOR_MS + 60_000,
}, async () => {
  const far = await serve(forgetfulFake());
  const parsed = parseChain(chain);
  const runtime = createRuntime({
    backends: [standIn({ wordDelayMs: 1 }), openaiCompatible({ id: "far", baseUrl: `${far.url}/v1` })],
    chains: parsed.chain === undefined ? [] : [parsed.chain],
    defaults: { model: "stand-in" },
  });
  const { served, streams } = await serveAll(runtime);
  const { answered, growth } = await shootAt(served.url);

  await expect.poll(far.requestsUnderWay, { timeout: 5_000 }).toBe(0);
  await expect.poll(streams).toBe(0);
  await expect.poll(() => runsUnderWay(runtime), { timeout: 5_000 }).toBe(0);
  await served.close();
  await runtime.close();
  await far.close();

  expect(answered).toBeGreaterThan(AT_ONCE);
  expect(growth).toBeLessThan(MOST_GROWTH);
  // Vitest itself talks through a pipe; of ours there are only sockets.
  await expect.poll(() => process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP"))).toEqual([]);
});

/** A fake remembers all that it was asked, which would look like a leak of ours: after a while another one takes its place. */
function forgetfulFake(): Fetch {
  const make = () => createFakeOpenAI({ models: ["far-away"] });
  let fake = make();
  return (input, init) => {
    if (fake.requests.length >= 500) fake = make();
    return fake(input, init);
  };
}

/** The whole surface, a few routes that a test can look into, and a stream without an end. */
async function serveAll(runtime: Runtime): Promise<{ readonly served: ServedHttp; readonly streams: () => number }> {
  let streams = 0;
  const endless = streamOf(async function* (signal) {
    streams += 1;
    try {
      for (; !signal.aborted; await new Promise((resolve) => setTimeout(resolve, 5))) yield "data: more\n\n";
    } finally {
      streams -= 1;
    }
  });
  const few = streamOf(async function* () {
    for (let count = 0; count < 20; count++) yield `data: ${count}\n\n`;
  });
  const surface = createSurface(runtime, { limits: { bodyBytes: 2 ** 20 } });
  const routes = [...allRoutes(surface), call, echo, raw, few, { ...endless, path: "/endless" }];
  return { served: await serveHttp(buildHandler(surface, routes), { port: 0, graceMs: 200 }), streams: () => streams };
}

/** Sends requests until the time is over: how many came to their end, and by how many bytes the heap has grown meanwhile. */
async function shootAt(url: string): Promise<{ readonly answered: number; readonly growth: number }> {
  const agent = new Agent({ keepAlive: true });
  const until = Date.now() + FOR_MS;
  let [answered, heapEarly] = [0, 0];
  const shoot = async () => {
    while (Date.now() < until) {
      const shot = SHOTS[Math.floor(Math.random() * SHOTS.length)];
      if (shot === undefined) return;
      const mustLeave = shot.path === "/endless" || Math.random() < 0.5;
      if (await send(url, agent, shot, mustLeave ? Math.random() * 20 : undefined)) answered += 1;
      if (heapEarly === 0 && Date.now() > until - (FOR_MS * 2) / 3) heapEarly = heapUsed();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, shoot));
  agent.destroy();
  return { answered, growth: heapUsed() - heapEarly };
}

async function runsUnderWay(runtime: Runtime): Promise<number> {
  const runs = await runtime.runs.list({ limit: 1_000 });
  return runs.filter(({ status }) => status === "running" || status === "new").length;
}

/** Whether an answer came to its end. What does not is given up after so long, whatever it has come to. */
function send(
  url: string,
  agent: Agent,
  { method, path, body }: Shot,
  leaveAfterMs: number | undefined,
): Promise<boolean> {
  return new Promise((resolve) => {
    const headers = body === undefined ? {} : { "content-type": "application/json" };
    const sent = ask(url + path, { method, agent, headers }, (response) => {
      response
        .resume()
        .once("end", () => resolve(true))
        .once("error", () => resolve(false));
    });
    sent.once("error", () => resolve(false)).once("close", () => resolve(false));
    if (leaveAfterMs !== undefined) {
      const timer = setTimeout(() => sent.destroy(), leaveAfterMs);
      sent.once("close", () => clearTimeout(timer));
    }
    sent.end(body);
  });
}

function heapUsed(): number {
  setFlagsFromString("--expose-gc");
  // Safe: with the flag a new context has it.
  const collect = runInNewContext("gc") as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
