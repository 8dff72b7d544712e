import { stat } from "node:fs/promises";
import type { Backend, LanguageModel, LanguageModelCallOptions } from "@catenary/core";
import { llamaCpp } from "@catenary/llama-cpp";
import { ollama } from "@catenary/ollama";
import { MODEL, weightsFile } from "./weights.ts";

type ProviderOptions = NonNullable<LanguageModelCallOptions["providerOptions"]>;

/** Somebody who writes with the model. */
export interface Writer {
  readonly model: LanguageModel;
  readonly providerOptions: ProviderOptions;
  stop(): Promise<void>;
}

const inProcess = async (threads?: number): Promise<Writer> => {
  const backend = llamaCpp({ models: { [MODEL]: await weightsFile() }, ...(threads !== undefined && { threads }) });
  return { model: backend.languageModel(MODEL), providerOptions: {}, stop: () => backend.close() };
};

const onServer = async (options: NonNullable<ProviderOptions[string]>): Promise<Writer> => {
  const backend = ollama();
  await expectSameWeights(backend);
  return { model: backend.languageModel(MODEL), providerOptions: { ollama: { options } }, stop: async () => {} };
};

export const WRITERS: Readonly<Record<string, () => Promise<Writer>>> = {
  Ollama: () => onServer({}),
  "llamaCpp()": () => inProcess(),
  "Ollama, one thread": () => onServer({ num_thread: 1 }),
  "llamaCpp(), one thread": () => inProcess(1),
};

export function startWriter(contestant: string): Promise<Writer> {
  const start = WRITERS[contestant];
  if (start === undefined) throw new Error(`there is no contestant ${JSON.stringify(contestant)}`);
  return start();
}

/** The server adds its own small files to a model's size. */
const OTHER_FILES = 100_000;

async function expectSameWeights(server: Backend): Promise<void> {
  const { size } = await stat(await weightsFile());
  const listed = (await server.listModels()).find(({ id }) => id === MODEL);
  if (listed === undefined) throw new Error(`Ollama at ${server.baseUrl} has no ${MODEL}`);
  if (Math.abs((listed.size ?? 0) - size) > OTHER_FILES) {
    throw new Error(`Ollama's ${MODEL} has ${listed.size} bytes, and the file ${size}: they are not the same weights`);
  }
}
