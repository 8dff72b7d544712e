import { request } from "node:http";
import { type Backend, createRuntime, defineChain, type Runtime } from "@catenary/core";
import { ollama } from "@catenary/ollama";
import { openaiCompatible } from "@catenary/openai";
import type { Scenario, Values } from "../measure/area.ts";
import { spreadOf } from "../report/statistics.ts";
import { type SilentServer, startSilentServer } from "./silent-server.ts";

/** Begins a call that its signal ends. */
type Call = (signal: AbortSignal) => PromiseLike<unknown>;

const FLOOR = "node:http";
/** How often a call is aborted for one sample, and how long what the server has said may take to arrive before. */
const ABORTS = 60;
const ARRIVES_MS = 4;

const chain = defineChain({ id: "say", input: "string", tasks: { say: { handler: "raw_string" } } });
const prompt = [{ role: "user" as const, content: [{ type: "text" as const, text: "Hi" }] }];

const CALLS: Readonly<Record<string, (runtime: Runtime) => Call>> = {
  "runtime.prompt": (runtime) => (signal) => runtime.prompt("Hi", { signal }),
  "a chain's textStream": (runtime) => async (signal) => {
    for await (const _ of runtime.start(chain, "Hi", { signal }).textStream);
  },
  "runtime.model's doStream": (runtime) => async (abortSignal) => {
    const { stream } = await runtime.model().doStream({ prompt, abortSignal });
    for await (const _ of stream);
  },
};

const BACKENDS: Readonly<Record<string, (url: string) => Backend>> = {
  "openaiCompatible()": (url) => openaiCompatible({ id: "server", baseUrl: `${url}/v1`, models: ["swift"] }),
  "ollama()": (url) => ollama({ baseUrl: url }),
};

const contestants: ReadonlyMap<string, (url: string) => Call> = new Map([
  [FLOOR, overHttp],
  ...Object.entries(BACKENDS).flatMap(([over, open]) =>
    Object.entries(CALLS).map(([name, make]) => {
      return [`${name} over ${over}`, (url: string) => make(createRuntime({ backends: [open(url)] }))] as const;
    }),
  ),
]);

export const abort: Scenario = {
  name: "abort",
  title: "From a call that is aborted to the server that sees its connection go",
  columns: [
    { key: "median", title: "ms" },
    { key: "most", title: `the slowest of ${ABORTS}, ms` },
  ],
  contestants: Array.from(contestants.keys(), (name) => ({ name })),
  floor: FLOOR,
  targets: [...contestants.keys()]
    .filter((contestant) => contestant !== FLOOR)
    .map((contestant) => ({ contestant, column: "most", most: 50, unit: "ms" })),
  check: async (contestant) => void (await abortTimes(contestant, 1)),
  measure: async (contestant): Promise<Values> => {
    // The first ones are made before the code is compiled.
    const tookMs = (await abortTimes(contestant, ABORTS + 10)).slice(10);
    const { median = 0, most = 0 } = spreadOf(tookMs) ?? {};
    return { median, most };
  },
};

async function abortTimes(contestant: string, times: number): Promise<number[]> {
  const make = contestants.get(contestant);
  if (make === undefined) throw new Error(`there is no contestant ${JSON.stringify(contestant)}`);
  const server = await startSilentServer();
  try {
    const call = make(server.url);
    const tookMs: number[] = [];
    while (tookMs.length < times) tookMs.push(await abortOnce(server, call));
    return tookMs;
  } finally {
    await server.close();
  }
}

async function abortOnce(server: SilentServer, call: Call): Promise<number> {
  const aborter = new AbortController();
  const end = Promise.resolve(call(aborter.signal)).then(
    () => "answered",
    () => "aborted",
  );
  await server.called();
  await new Promise((resolve) => setTimeout(resolve, ARRIVES_MS));
  const gone = server.gone();
  const abortedAt = performance.now();
  aborter.abort();
  const tookMs = (await gone) - abortedAt;
  if ((await end) !== "aborted") throw new Error("expected a call that is aborted to fail");
  return tookMs;
}

function overHttp(url: string): Call {
  return (signal) =>
    new Promise((resolve, reject) => {
      const sent = request(`${url}/v1/chat/completions`, { method: "POST" }, resolve).on("error", reject);
      sent.end('{"stream":false}');
      signal.addEventListener("abort", () => sent.destroy(new Error("aborted")), { once: true });
    });
}
