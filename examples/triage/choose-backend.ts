import type { Backend, BackendModel } from "@catenary/core";
import { ollama } from "@catenary/ollama";
import { openai } from "@catenary/openai";
import { standIn } from "@catenary/testing";
import type { DemoOptions } from "./demo-options.ts";

export interface ChosenBackend {
  readonly backend: Backend;
  readonly model: string;
  /** What was chosen and why, for the person at the terminal. */
  readonly why: string;
}

/** A small model of OpenAI that every account has. */
const OPENAI_MODEL = "gpt-4o-mini";
/** How long a server may take to answer that it is there. */
const ANSWER_WITHIN_MS = 2_000;
/** Slow enough that a person sees the words come. */
const WORD_DELAY_MS = 25;

/** The best backend that there is: what was asked for, OpenAI where there is a key, an Ollama that answers, else the offline stand-in. */
export async function chooseBackend(
  options: Pick<DemoOptions, "backend" | "model">,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<ChosenBackend> {
  const { backend, model } = options;
  if (backend === "stand-in") return offline(model, "because --backend says so");
  if (backend === "openai") return hosted(model, "because --backend says so");
  if (backend === "ollama") return local(await listed(), model, "because --backend says so");
  if (environment.OPENAI_API_KEY) return hosted(model, "because OPENAI_API_KEY is set");
  const where = ollama().baseUrl ?? "";
  let models: readonly BackendModel[];
  try {
    models = await listed();
  } catch {
    return offline(model, `because OPENAI_API_KEY is not set and no Ollama answers on ${where}`);
  }
  if (!models.some(chats)) {
    return offline(model, `because the Ollama on ${where} has no model that chats (ollama pull smollm2:135m)`);
  }
  return local(models, model, `because an Ollama answers on ${where}`);
}

function listed(): Promise<readonly BackendModel[]> {
  return ollama().listModels({ signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
}

function chats({ capabilities }: BackendModel): boolean {
  return capabilities?.chat ?? capabilities?.embed !== true;
}

function local(models: readonly BackendModel[], wanted: string | undefined, reason: string): ChosenBackend {
  const model = wanted ?? models.find(chats)?.id;
  if (model === undefined) throw new Error("this Ollama has no model that chats: run ollama pull smollm2:135m");
  return { backend: ollama(), model, why: `Ollama with ${model}, ${reason}` };
}

function hosted(wanted: string | undefined, reason: string): ChosenBackend {
  const model = wanted ?? OPENAI_MODEL;
  return { backend: openai({ models: { [model]: {} } }), model, why: `OpenAI with ${model}, ${reason}` };
}

function offline(wanted: string | undefined, reason: string): ChosenBackend {
  const model = wanted ?? "stand-in";
  const why = `the offline stand-in, ${reason}. It is no language model: it answers by rules from the words of the prompt`;
  return { backend: standIn({ wordDelayMs: WORD_DELAY_MS }), model, why };
}
