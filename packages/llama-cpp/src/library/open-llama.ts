import { availableParallelism } from "node:os";
import { CatenaryError } from "@catenary/core";
import type { Llama } from "node-llama-cpp";
import { type CoreShare, createCoreShare, UNLIMITED } from "./core-share.ts";
import { lastWords } from "./last-words.ts";
import type { Gpu, Library } from "./library.ts";
import { installCommand, type Platform, platformPackage } from "./platform-package.ts";

/** llama.cpp, opened, and what shares the cores out among its models. */
export interface OpenLlama {
  readonly llama: Llama;
  readonly cores: CoreShare;
}

/**
 * llama.cpp is opened once for each kind of hardware, however many backends a process has: with a second one open, what it writes
 * goes to the terminal.
 */
const opened = new Map<Gpu, Promise<OpenLlama>>();

/**
 * llama.cpp from the package for this machine. Compiles nothing and downloads nothing.
 *
 * @throws CatenaryError `runtime_missing` where there is no binary for this machine.
 */
export function openLlama(library: Library, gpu: Gpu, platform: Platform): Promise<OpenLlama> {
  const known = opened.get(gpu);
  if (known !== undefined) return known;
  const opening = open(library, gpu, platform).then((llama): OpenLlama => {
    if (llama.gpu !== false) return { llama, cores: UNLIMITED };
    return { llama, cores: createCoreShare(llama, Math.min(llama.cpuMathCores, availableParallelism())) };
  });
  opened.set(gpu, opening);
  // One that failed is tried again: the package may be there by then.
  opening.catch(() => opened.delete(gpu));
  return opening;
}

async function open(library: Library, gpu: Gpu, platform: Platform): Promise<Llama> {
  try {
    return await library.getLlama({
      gpu,
      build: "never",
      skipDownload: true,
      progressLogs: false,
      // How many threads compute is said for each model.
      maxThreads: 0,
      logLevel: library.LlamaLogLevel.error,
      logger: (_level, text) => lastWords.add(text),
    });
  } catch (cause) {
    throw new CatenaryError("runtime_missing", missingBinary(gpu, platform), { failure: "unavailable", cause });
  }
}

function missingBinary(gpu: Gpu, platform: Platform): string {
  const { os, cpu } = platform;
  const machine = `${os} on ${cpu}`;
  if (gpu !== "auto" && gpu !== false) {
    return `node-llama-cpp has no binary here that computes with ${gpu}: install its package for ${machine}, or leave \`gpu\` out`;
  }
  if (platformPackage(platform) === undefined) {
    return `node-llama-cpp publishes no binary for ${machine}: build one with npx node-llama-cpp source download, or use a model server`;
  }
  return `node-llama-cpp found no binary that runs on this machine (${machine}; one with musl needs its own: npx node-llama-cpp source download). Run: ${installCommand(platform)}`;
}
