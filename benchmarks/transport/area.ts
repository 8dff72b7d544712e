import type { Area, Scenario, Values } from "../measure/area.ts";
import { manyAtOnce, oneByOne } from "../measure/timing.ts";
import { ANSWER, openai as openaiAnswers, PIECES, STREAMED } from "./answers.ts";
import { type Caller, lean, ollamaOver, openaiOver, overBackend, overFetch, overHttp, overUndici } from "./callers.ts";
import { startServer } from "./start-server.ts";

interface Contestant {
  readonly expected: string | number;
  readonly make: (url: string) => Caller | Promise<Caller>;
}

type Contestants = Readonly<Record<string, Contestant>>;

const AT_ONCE = 32;
const LINES = openaiAnswers.pieces.length * 2;
const platform: typeof fetch = (input, init) => fetch(input, init);

const whole = (make: Contestant["make"]): Contestant => ({ expected: ANSWER, make });
const lines = (make: Contestant["make"]): Contestant => ({ expected: LINES, make });
const text = (make: Contestant["make"]): Contestant => ({ expected: STREAMED.length, make });

const generating: Contestants = {
  "node:http": whole((url) => overHttp(url, false)),
  "undici.request": whole((url) => overUndici(url, false)),
  nodeFetch: whole((url) => overFetch(lean(), url, "json")),
  "nodeFetch, read as a stream": whole((url) => overFetch(lean(), url, "bytes of a stream")),
  "global fetch": whole((url) => overFetch(platform, url, "json")),
  "openaiCompatible() over nodeFetch": whole((url) => overBackend(openaiOver(lean(), url), false)),
  "openaiCompatible() over global fetch": whole((url) => overBackend(openaiOver(platform, url), false)),
  "ollama() over nodeFetch": whole((url) => overBackend(ollamaOver(lean(), url), false)),
  "ollama() over global fetch": whole((url) => overBackend(ollamaOver(platform, url), false)),
};

const streaming: Contestants = {
  "node:http": lines((url) => overHttp(url, true)),
  "undici.request": lines((url) => overUndici(url, true)),
  nodeFetch: lines((url) => overFetch(lean(), url, "lines")),
  "global fetch": lines((url) => overFetch(platform, url, "lines")),
  "openaiCompatible() over nodeFetch": text((url) => overBackend(openaiOver(lean(), url), true)),
  "openaiCompatible() over global fetch": text((url) => overBackend(openaiOver(platform, url), true)),
  "ollama() over nodeFetch": text((url) => overBackend(ollamaOver(lean(), url), true)),
  "ollama() over global fetch": text((url) => overBackend(ollamaOver(platform, url), true)),
};

const generate: Scenario = {
  name: "generate",
  title: "One answer over a socket, from a server that thinks for no time",
  columns: [
    // 32 at once first: one at a time, two processes wake each other up, and that is most of what is seen.
    { key: "cpu32", title: "CPU µs/call, 32 at once" },
    { key: "cpu1", title: "CPU µs/call" },
    { key: "wall1", title: "wall µs/call" },
    { key: "calls32", title: "calls/s, 32 at once" },
  ],
  contestants: Object.keys(generating).map((name) => ({ name })),
  floor: "node:http",
  targets: [{ contestant: "nodeFetch", column: "cpu32", mostTimes: 1.5, unit: "µs" }],
  check: (contestant) => withCaller(generating, contestant, async () => {}),
  measure: (contestant, windowMs) =>
    withCaller(generating, contestant, async (call): Promise<Values> => {
      await oneByOne(call, windowMs);
      const one = await oneByOne(call, windowMs);
      await manyAtOnce(call, windowMs / 2, AT_ONCE);
      const many = await manyAtOnce(call, windowMs, AT_ONCE);
      return {
        cpu1: one.cpuUs / one.calls,
        wall1: one.wallUs / one.calls,
        cpu32: many.cpuUs / many.calls,
        calls32: (many.calls / many.wallUs) * 1e6,
      };
    }),
};

const stream: Scenario = {
  name: "stream",
  title: `A stream of ${PIECES} pieces over a socket`,
  columns: [
    { key: "cpu1", title: "CPU µs/piece" },
    { key: "wall1", title: "wall µs/piece" },
  ],
  contestants: Object.keys(streaming).map((name) => ({ name })),
  floor: "node:http",
  targets: [{ contestant: "nodeFetch", column: "cpu1", mostTimes: 1.5, unit: "µs" }],
  check: (contestant) => withCaller(streaming, contestant, async () => {}),
  measure: (contestant, windowMs) =>
    withCaller(streaming, contestant, async (call): Promise<Values> => {
      await oneByOne(call, windowMs);
      const { calls, cpuUs, wallUs } = await oneByOne(call, windowMs);
      return { cpu1: cpuUs / calls / PIECES, wall1: wallUs / calls / PIECES };
    }),
};

/** Works with a caller that was tried, on a server of its own. */
async function withCaller<T>(from: Contestants, name: string, work: (call: Caller) => Promise<T>): Promise<T> {
  const contestant = from[name];
  if (contestant === undefined) throw new Error(`there is no contestant ${JSON.stringify(name)}`);
  const server = await startServer();
  try {
    const call = await contestant.make(server.url);
    const told = await call();
    if (told !== contestant.expected) throw new Error(`expected ${contestant.expected}, got ${told}`);
    return await work(call);
  } finally {
    server.stop();
  }
}

export const transport: Area = { name: "transport", scenarios: [generate, stream] };
