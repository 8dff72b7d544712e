import { ollama } from "@catenary/ollama";
import { createFakeOllama, createFakeOpenAI } from "@catenary/testing";
import { type Served, serve } from "@catenary/testing/node";

/** Variables as the process has them: `OLLAMA_HOST` and `OPENAI_API_KEY` are read. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Two machines of our own and a hosted service, as far as there are any. */
export interface Site {
  /** Each is an Ollama at an address of its own, which can be taken down. */
  readonly hosts: readonly Served[];
  /** The model that they have. */
  readonly model: string;
  readonly hosted: {
    readonly model: string;
    readonly apiKey: string;
    /** Undefined: OpenAI's. */
    readonly baseUrl?: string;
  };
  /** What is real and what is not, for the person at the terminal. */
  readonly note: string;
  close(): Promise<void>;
}

const OLLAMA_HOST = "http://127.0.0.1:11434";
const HOSTED_MODEL = "gpt-4o-mini";
/** The name under which the fakes serve; no such weights are loaded. */
const FAKE_MODEL = "fake-model:1b";
/** How long a fake takes for an answer, so that there is something to interrupt. */
const FAKE_ANSWER_MS = 60;
/** How long a server may take to say what it has. */
const ANSWER_WITHIN_MS = 2_000;

/** A real Ollama behind two doors where one answers, else two fakes; OpenAI where there is a key, else a fake. */
export async function openSite(environment: Environment): Promise<Site> {
  const real = await findOllama(environment.OLLAMA_HOST || OLLAMA_HOST);
  const open = () => serve(real === undefined ? fakeHost() : relayTo(real.url));
  const hosts = [await open(), await open()];
  const fake = environment.OPENAI_API_KEY ? undefined : await serve(fakeHosted());
  const hostsAre =
    real === undefined
      ? "two fake Ollama servers (their answers are made up)"
      : `two doors to the Ollama on ${real.url}`;
  const hostedIs = fake === undefined ? "OpenAI" : "a fake of OpenAI (its answers are made up)";
  return {
    hosts,
    model: real?.model ?? FAKE_MODEL,
    hosted: {
      model: HOSTED_MODEL,
      apiKey: environment.OPENAI_API_KEY || "sk-of-a-fake",
      ...(fake !== undefined && { baseUrl: `${fake.url}/v1` }),
    },
    note: `gpu-1 and gpu-2 are ${hostsAre}; hosted is ${hostedIs}.`,
    close: async () => {
      await Promise.all([...hosts, ...(fake === undefined ? [] : [fake])].map((served) => served.close()));
    },
  };
}

/** A server, and the first of its models that can answer; undefined where no server answers, or none of its models can. */
async function findOllama(host: string): Promise<{ readonly url: string; readonly model: string } | undefined> {
  const server = ollama({ baseUrl: host });
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const models = await server.listModels({ signal }).catch(() => []);
  const model = models.find(({ capabilities }) => capabilities?.prompt === true)?.id;
  // The backend knows what is meant by a host without a protocol or a port.
  return model === undefined ? undefined : { url: server.baseUrl ?? host, model };
}

function fakeHost(): (request: Request) => Promise<Response> {
  const fake = createFakeOllama({
    models: [FAKE_MODEL],
    answer: async ({ format, text }) => {
      await new Promise((resolve) => setTimeout(resolve, FAKE_ANSWER_MS));
      return format === undefined ? `(made up) Thank you for your ticket: ${text.slice(-20)}` : '{"answer":"other"}';
    },
  });
  return fake;
}

function fakeHosted(): (request: Request) => Promise<Response> {
  return createFakeOpenAI({ models: [HOSTED_MODEL], answer: () => "(made up) Thank you for your ticket." });
}

/** Passes everything on to a server, so that the door can be closed without ending the server, which may be somebody else's. */
function relayTo(url: string): (request: Request) => Promise<Response> {
  return async (request) => {
    const { pathname, search } = new URL(request.url);
    const hasBody = request.method !== "GET" && request.method !== "HEAD";
    const answer = await fetch(new URL(pathname + search, url), {
      method: request.method,
      headers: { "content-type": "application/json" },
      signal: request.signal,
      ...(hasBody && { body: await request.text() }),
    });
    const type = answer.headers.get("content-type") ?? "application/json";
    return new Response(answer.body, { status: answer.status, headers: { "content-type": type } });
  };
}
