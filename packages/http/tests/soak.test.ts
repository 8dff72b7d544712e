import { Agent, request as ask } from "node:http";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { createRuntime } from "@catenary/core";
import { standIn } from "@catenary/testing";
import { expect, test } from "vitest";
import { allRoutes } from "../src/all-routes.ts";
import { buildHandler } from "../src/build-handler.ts";
import { serveHttp } from "../src/node/serve-http.ts";
import { createSurface } from "../src/surface.ts";
import { call, echo, raw, streamOf } from "./fixtures/test-routes.ts";

const IS_LONG = process.env.CATENARY_LONG === "1";
const FOR_MS = IS_LONG ? 600_000 : process.env.CI === undefined ? 2_000 : 60_000;
const AT_ONCE = 16;
/** What a heap may grow by between a third of the time and its end, whatever is under way in it. */
const MOST_GROWTH = 24 * 2 ** 20;

interface Shot {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
}

const chain = {
  id: "c",
  tasks: [{ id: "say", handler: "raw_string", transition: { branches: [{ operator: "default", goto: "end" }] } }],
};
const SHOTS: readonly Shot[] = [
  { method: "GET", path: "/call/a/b?x=1" },
  { method: "POST", path: "/echo", body: '{"name":"a"}' },
  { method: "POST", path: "/echo", body: '{"name":' },
  { method: "PUT", path: "/raw", body: "x".repeat(200_000) },
  { method: "PUT", path: "/raw", body: "x".repeat(2_000_000) },
  { method: "GET", path: "/stream" },
  { method: "GET", path: "/endless" },
  { method: "GET", path: "/nowhere" },
  { method: "POST", path: "/tasks", body: JSON.stringify({ input: "Hi", inputType: "string", chain }) },
  { method: "GET", path: "/openapi.json" },
];

test(`${FOR_MS / 1_000} seconds of mixed requests, half of which are given up, leave nothing behind`, {
  timeout: FOR_MS + 60_000,
}, async () => {
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
  const runtime = createRuntime({ backends: [standIn()] });
  const surface = createSurface(runtime, { limits: { bodyBytes: 2 ** 20 } });
  const routes = [...allRoutes(surface), call, echo, raw, few, { ...endless, path: "/endless" }];
  const served = await serveHttp(buildHandler(surface, routes), { port: 0, graceMs: 200 });

  const agent = new Agent({ keepAlive: true });
  const until = Date.now() + FOR_MS;
  let [answered, heapEarly] = [0, 0];
  const shoot = async () => {
    while (Date.now() < until) {
      const shot = SHOTS[Math.floor(Math.random() * SHOTS.length)];
      if (shot === undefined) return;
      const mustLeave = shot.path === "/endless" || Math.random() < 0.5;
      if (await send(served.url, agent, shot, mustLeave ? Math.random() * 20 : undefined)) answered += 1;
      if (heapEarly === 0 && Date.now() > until - (FOR_MS * 2) / 3) heapEarly = heapUsed();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, shoot));
  agent.destroy();
  const heapLate = heapUsed();
  await served.close();
  await runtime.close();

  expect(answered).toBeGreaterThan(AT_ONCE);
  expect(heapLate - heapEarly).toBeLessThan(MOST_GROWTH);
  await expect.poll(() => streams).toBe(0);
  // Vitest itself talks through a pipe; of ours there are only sockets.
  await expect.poll(() => process.getActiveResourcesInfo().filter((name) => name.startsWith("TCP"))).toEqual([]);
});

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
