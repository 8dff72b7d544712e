import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Where the model hub is, with a slash at its end: what `MODEL_ENDPOINT` or `HF_ENDPOINT` names, else what node-llama-cpp has built
 * in. It is asked because its downloader tries for many minutes where nothing answers, and cannot be stopped before it has begun:
 * so somebody has to look first. Undefined where node-llama-cpp is missing or does not tell.
 */
export async function hubAddress({ MODEL_ENDPOINT, HF_ENDPOINT }: Environment): Promise<string | undefined> {
  const named = [MODEL_ENDPOINT, HF_ENDPOINT].find((address) => address !== undefined && URL.canParse(address));
  const address = named ?? (await builtInAddress());
  return address?.replace(/\/*$/, "/");
}

/** It is none of the names that node-llama-cpp exports, so that a later version may have it elsewhere or nowhere. */
async function builtInAddress(): Promise<string | undefined> {
  try {
    const door = createRequire(import.meta.url).resolve("node-llama-cpp");
    const file = join(dirname(door), "utils", "modelDownloadEndpoints.js");
    const module: unknown = await import(/* @vite-ignore */ pathToFileURL(file).href);
    const resolve: unknown = Reflect.get(Object(module), "resolveHuggingFaceEndpoint");
    const address: unknown = typeof resolve === "function" ? resolve() : undefined;
    return typeof address === "string" && URL.canParse(address) ? address : undefined;
  } catch {
    return undefined;
  }
}
