import { CatenaryError, checkBackendRouting, checkServerSettings, checkSettingNames } from "@catenary/core";
import { availableMemory } from "./file/check-memory.ts";
import type { Gpu } from "./library/library.ts";
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
  maxTokens: true,
  routing: true,
};
const MODEL_SETTINGS: Readonly<Record<keyof LlamaModel, true>> = {
  path: true,
  contextLength: true,
  capabilities: true,
};

const GPUS: readonly Gpu[] = ["auto", "metal", "cuda", "vulkan", false];
const MOST_SEQUENCES = 256;
const FIVE_MINUTES_MS = 300_000;
/** A small model that repeats itself would otherwise write until the context is full, for minutes. */
const USUAL_ANSWER = 1024;

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
  const { id: backend = PROVIDER, name, models, gpu = "auto", idleMs = FIVE_MINUTES_MS } = settings;
  checkServerSettings("llamaCpp()", { id: backend, name });
  checkBackendRouting(backend, settings.routing);
  const sequences = wholeNumber("sequences", settings.sequences ?? 1);
  if (sequences > MOST_SEQUENCES) {
    throw invalid(
      `expects \`sequences\` to be at most ${MOST_SEQUENCES}, which is as many as llama.cpp has; got ${sequences}`,
    );
  }
  const threads = settings.threads === undefined ? undefined : wholeNumber("threads", settings.threads);
  if (typeof idleMs !== "number" || !(idleMs >= 0)) {
    throw invalid(`expects \`idleMs\` to be milliseconds, or Infinity; got ${told(idleMs)}`);
  }
  const maxTokens = settings.maxTokens ?? USUAL_ANSWER;
  if (maxTokens !== Number.POSITIVE_INFINITY) wholeNumber("maxTokens", maxTokens);
  if (!GPUS.includes(gpu)) {
    throw invalid(
      `expects \`gpu\` to be one of ${GPUS.map(told).join(", ")}, where false is the processor; got ${told(gpu)}`,
    );
  }
  if (typeof models !== "object" || models === null || Array.isArray(models) || Object.keys(models).length === 0) {
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
      const options = {
        origin,
        machine,
        gpu,
        threads,
        sequences,
        contextLength,
        capabilities,
        source,
        idleMs,
        maxTokens,
      };
      return [model, { settings: declared, local: createLocalModel(options) }];
    }),
  );
}

function readModel(name: string, given: LlamaSettings["models"][string]): LlamaModel {
  if (name.trim() === "") throw invalid("expects `models` by name, and one of them has an empty name");
  const model = typeof given === "string" || typeof given === "function" ? { path: given } : given;
  checkSettingNames(`models["${name}"] of llamaCpp()`, model, MODEL_SETTINGS);
  const { path, capabilities } = model;
  checkServerSettings("llamaCpp()", { models: { [name]: { capabilities } } });
  if ((typeof path === "string" && path !== "") || typeof path === "function") return model;
  throw invalid(`expects \`models["${name}"]\` to be the path of a GGUF file, or what gives it`);
}

export function sourceOf(path: string | ModelSource): ModelSource {
  if (typeof path !== "string") return path;
  return Object.assign(() => path, { existing: () => path });
}

function wholeNumber(name: string, value: number): number {
  if (Number.isInteger(value) && value > 0) return value;
  throw invalid(`expects \`${name}\` to be a whole number above 0; got ${told(value)}`);
}

function invalid(wrong: string): CatenaryError {
  return new CatenaryError("settings_invalid", `llamaCpp() ${wrong}`);
}

/** A text in quotes: what was meant as a number may be one. */
function told(value: unknown): string {
  if (typeof value === "object" && value !== null) return "an object";
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}
