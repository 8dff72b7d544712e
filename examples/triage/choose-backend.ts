import type { Backend, BackendModel } from "@catenary/core";
import type { LlamaBackend } from "@catenary/llama-cpp";
import { ollama } from "@catenary/ollama";
import { openai } from "@catenary/openai";
import { standIn } from "@catenary/testing";
import type { DemoOptions } from "./demo-options.ts";
import { type Fetching, LOCAL_MODEL, localBackend, presentBackend } from "./local-backend.ts";

export interface ChosenBackend {
  readonly backend: Backend;
  readonly model: string;
  /** What was chosen and why, for the person at the terminal. */
  readonly why: string;
  /** Frees what it holds in this process. */
  close?(): Promise<void>;
}

/** Variables as the process has them: `OPENAI_API_KEY` and `OLLAMA_HOST` are read. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where an Ollama listens that was told nothing else. */
const OLLAMA_HOST = "http://127.0.0.1:11434";
/** A small model of OpenAI that every account has. */
const OPENAI_MODEL = "gpt-4o-mini";
/** How long a server may take to answer that it is there. */
const ANSWER_WITHIN_MS = 2_000;
/** Slow enough that a person sees the words come. */
const WORD_DELAY_MS = 25;

/**
 * The best backend that there is: what was asked for, OpenAI where there is a key, an Ollama that answers, a model whose file is
 * here, else the offline stand-in. Somebody has set up the first two, with models of their choice; nothing is fetched unasked.
 */
export async function chooseBackend(
  { backend, model }: Pick<DemoOptions, "backend" | "model">,
  environment: Environment,
  fetching: Fetching,
): Promise<ChosenBackend> {
  if (backend === "local") {
    const wanted = model ?? LOCAL_MODEL;
    return inProcess(await localBackend(wanted, environment, fetching), wanted, "as you asked");
  }
  if (backend === "stand-in") return offline(model, "because --backend says so");
  if (backend === "openai") return hosted(model, environment, "because --backend says so");
  if (backend !== "ollama" && environment.OPENAI_API_KEY)
    return hosted(model, environment, "because OPENAI_API_KEY is set");
  const server = ollama({ baseUrl: environment.OLLAMA_HOST || OLLAMA_HOST });
  if (backend === "ollama") return local(server, await listed(server), model, "because --backend says so");
  const where = server.baseUrl ?? "";
  let models: readonly BackendModel[];
  try {
    models = await listed(server);
  } catch {
    return presentOr(model, environment, `because OPENAI_API_KEY is not set and no Ollama answers on ${where}`);
  }
  if (!models.some(chats)) {
    const reason = `because the Ollama on ${where} has no model that chats (ollama pull smollm2:135m)`;
    return presentOr(model, environment, reason);
  }
  return local(server, models, model, `because an Ollama answers on ${where}`);
}

function listed(server: Backend): Promise<readonly BackendModel[]> {
  return server.listModels({ signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
}

function chats({ capabilities }: BackendModel): boolean {
  return capabilities?.chat ?? capabilities?.embed !== true;
}

function local(
  backend: Backend,
  models: readonly BackendModel[],
  wanted: string | undefined,
  reason: string,
): ChosenBackend {
  const model = wanted ?? models.find(chats)?.id;
  if (model === undefined) throw new Error("this Ollama has no model that chats: run ollama pull smollm2:135m");
  return { backend, model, why: `Ollama with ${model}, ${reason}` };
}

/** What was fetched before, else the stand-in. */
async function presentOr(wanted: string | undefined, environment: Environment, reason: string): Promise<ChosenBackend> {
  const model = wanted ?? LOCAL_MODEL;
  const backend = await presentBackend(model, environment);
  if (backend !== undefined) return inProcess(backend, model, `whose file is here, ${reason}`);
  return offline(wanted, `${reason}; demo --local fetches a small model, 98 MB`);
}

function inProcess(backend: LlamaBackend, model: string, reason: string): ChosenBackend {
  return { backend, model, why: `${model} in this process, ${reason}`, close: () => backend.close() };
}

function hosted(wanted: string | undefined, { OPENAI_API_KEY }: Environment, reason: string): ChosenBackend {
  const model = wanted ?? OPENAI_MODEL;
  const backend = openai({ apiKey: OPENAI_API_KEY ?? "", models: { [model]: {} } });
  return { backend, model, why: `OpenAI with ${model}, ${reason}` };
}

function offline(wanted: string | undefined, reason: string): ChosenBackend {
  const model = wanted ?? "stand-in";
  const why = `the offline stand-in, ${reason}. It is no language model: it answers by rules from the words of the prompt`;
  return { backend: standIn({ wordDelayMs: WORD_DELAY_MS }), model, why };
}
