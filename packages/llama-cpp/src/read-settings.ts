import { CatenaryError, checkBackendRouting, checkSettingNames } from "@catenary/core";
import { availableMemory } from "./file/check-memory.ts";
import { importLibrary } from "./library/load-library.ts";
import { createLocalModel, type LocalModel } from "./model/local-model.ts";
import type { Machine } from "./model/open-model.ts";
import { PROVIDER } from "./provider.ts";
import type { LlamaModel, LlamaSettings } from "./settings.ts";
import type { ModelSource } from "./source/model-source.ts";

const SETTINGS: Readonly<Record<keyof LlamaSettings, true>> = {
  models: true,
  id: true,
  name: true,
  sequences: true,
  threads: true,
  gpu: true,
  idleMs: true,
  routing: true,
};
const MODEL_SETTINGS: Readonly<Record<keyof LlamaModel, true>> = {
  path: true,
  contextLength: true,
  capabilities: true,
};

const FIVE_MINUTES_MS = 300_000;

/** The machine that the process runs on. */
export const THIS_MACHINE: Machine = {
  load: importLibrary,
  platform: { os: process.platform, cpu: process.arch },
  available: availableMemory,
};

/** A model with everything that was said about it. */
export interface DeclaredModel {
  readonly settings: LlamaModel;
  readonly local: LocalModel;
}

/**
 * The models of a backend, none of them loaded.
 *
 * @throws CatenaryError `settings_invalid`
 */
export function readSettings(settings: LlamaSettings, machine: Machine): ReadonlyMap<string, DeclaredModel> {
  checkSettingNames("llamaCpp()", settings, SETTINGS);
  const { id: backend = PROVIDER, models, gpu = "auto", idleMs = FIVE_MINUTES_MS } = settings;
  checkBackendRouting(backend, settings.routing);
  const sequences = wholeNumber("sequences", settings.sequences ?? 1);
  const threads = settings.threads === undefined ? undefined : wholeNumber("threads", settings.threads);
  if (!(idleMs >= 0)) throw invalid(`expects \`idleMs\` to be milliseconds, or Infinity; got ${String(idleMs)}`);
  if (typeof models !== "object" || models === null || Object.keys(models).length === 0) {
    throw invalid(
      'expects `models`, the GGUF files by name: llamaCpp({ models: { "smollm2:135m": "/path/to/model.gguf" } })',
    );
  }
  return new Map(
    Object.entries(models).map(([model, given]) => {
      const declared = readModel(model, given);
      const { contextLength, capabilities } = declared;
      if (contextLength !== undefined) wholeNumber(`models["${model}"].contextLength`, contextLength);
      const source = sourceOf(declared.path);
      const origin = { backend, model };
      const options = { origin, machine, gpu, threads, sequences, contextLength, capabilities, source, idleMs };
      return [model, { settings: declared, local: createLocalModel(options) }];
    }),
  );
}

function readModel(name: string, given: LlamaSettings["models"][string]): LlamaModel {
  const model = typeof given === "string" || typeof given === "function" ? { path: given } : given;
  checkSettingNames(`models["${name}"] of llamaCpp()`, model, MODEL_SETTINGS);
  const { path } = model;
  if ((typeof path === "string" && path !== "") || typeof path === "function") return model;
  throw invalid(`expects \`models["${name}"]\` to be the path of a GGUF file, or what gives it`);
}

export function sourceOf(path: string | ModelSource): ModelSource {
  if (typeof path !== "string") return path;
  return Object.assign(() => path, { existing: () => path });
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw invalid(`expects \`${name}\` to be a whole number above 0; got ${String(value)}`);
}

function invalid(told: string): CatenaryError {
  return new CatenaryError("settings_invalid", `llamaCpp() ${told}`);
}
