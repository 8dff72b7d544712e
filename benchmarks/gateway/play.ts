import { spreadOf } from "../report/statistics.ts";
import { type Gateway, modelServer as modelServerScript } from "./contestants.ts";
import { type LoadRequest, type LoadResult, load } from "./load.ts";
import { serveModels } from "./model-server.ts";
import type { Exchange } from "./requests.ts";
import { type ServerProcess, startProcess } from "./server-process.ts";

/** The gateway's own processor, and the one of its clients and of the model server behind it. */
const GATEWAY_CPU = 0;
const OTHERS_CPU = 1;
/** On a busy machine a window lasts longer than its processor time, but not more often than this. */
const LONGEST_WALL = 16;

/** What a window of requests came to. */
export interface Window {
  readonly requests: number;
  readonly perSecond: number;
  /** Of the gateway's process. */
  readonly cpuUs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly residentMb: number;
}

/** Sends the same request over so many connections, for so many milliseconds of the gateway's processor time. */
export type Play = (exchange: Exchange, connections: number, windowMs: number) => Promise<Window>;

/** Asks a gateway of ours in this process, and throws where it answers something else than it must. */
export async function askHere({ serve }: Partial<Gateway>, exchange: Exchange): Promise<void> {
  const models = await serveModels();
  const modelServer = `http://127.0.0.1:${models.port}`;
  const served = await serve?.(modelServer);
  try {
    await ask(requestTo(served?.port ?? models.port, modelServer, exchange), exchange);
  } finally {
    await served?.close();
    await models.close();
  }
}

/**
 * Plays against a gateway in a process of its own, before a model server in another.
 *
 * @param gateway Undefined: the model server itself.
 */
export async function playAgainst<T>(gateway: Gateway | undefined, work: (play: Play) => Promise<T>): Promise<T> {
  const models = await startProcess({ run: modelServerScript, cpu: OTHERS_CPU });
  const modelServer = `http://127.0.0.1:${models.port}`;
  const served =
    gateway && (await startProcess({ run: gateway.run, cpu: GATEWAY_CPU, env: { UPSTREAM: modelServer } }));
  const measured = served ?? models;
  try {
    return await work(async (exchange, connections, windowMs) => {
      const request = requestTo(measured.port, modelServer, exchange);
      await ask(request, exchange);
      return playWindow(measured, request, connections, windowMs);
    });
  } finally {
    served?.stop();
    models.stop();
  }
}

async function playWindow(
  server: ServerProcess,
  request: LoadRequest,
  connections: number,
  windowMs: number,
): Promise<Window> {
  const startedAt = performance.now();
  const cpuAtStart = server.cpuUs();
  const results: LoadResult[] = [];
  do results.push(await load(request, connections, OTHERS_CPU));
  while (server.cpuUs() - cpuAtStart < windowMs * 1e3 && performance.now() - startedAt < windowMs * LONGEST_WALL);
  const sum = (pick: (result: LoadResult) => number) => results.reduce((total, result) => total + pick(result), 0);
  const median = (pick: (result: LoadResult) => number) => spreadOf(results.map(pick))?.median ?? 0;
  const requests = sum((result) => result.requests);
  return {
    requests,
    perSecond: requests / sum((result) => result.seconds),
    cpuUs: server.cpuUs() - cpuAtStart,
    p50Ms: median((result) => result.p50Ms),
    p99Ms: median((result) => result.p99Ms),
    residentMb: server.residentMb(),
  };
}

function requestTo(port: number, modelServer: string, { path, body }: Exchange): LoadRequest {
  return {
    url: `http://127.0.0.1:${port}${path}`,
    body,
    headers: {
      "content-type": "application/json",
      authorization: "Bearer nobody",
      // Portkey is told with each request where it goes; the others do not look.
      "x-portkey-provider": "openai",
      "x-portkey-custom-host": `${modelServer}/v1`,
    },
  };
}

async function ask({ url, headers, body }: LoadRequest, { isRight }: Exchange): Promise<void> {
  const response = await fetch(url, { method: "POST", headers, body });
  const answer = await response.text();
  if (!response.ok || !isRight(answer)) throw new Error(`a wrong answer, ${response.status}: ${answer.slice(0, 200)}`);
}
