import { CatenaryError } from "@catenary/core";
import type { Library, LoadLibrary } from "./library.ts";
import { installCommand, type Platform } from "./platform-package.ts";

/** Loads node-llama-cpp at the first use, because importing it takes a quarter of a second and an application may never need it. */
export const importLibrary: LoadLibrary = () => import("node-llama-cpp");

/**
 * node-llama-cpp, or an error that says how to get it.
 *
 * @throws CatenaryError `runtime_missing` where it is not installed, or cannot be loaded.
 */
export async function loadLibrary(load: LoadLibrary, platform: Platform): Promise<Library> {
  try {
    return await load();
  } catch (cause) {
    const command = installCommand(platform);
    const message = isMissing(cause)
      ? `node-llama-cpp is not installed, and @catenary/llama-cpp runs models with it. Run: ${command}`
      : `node-llama-cpp is installed but cannot be loaded. Install it again: ${command}`;
    throw new CatenaryError("runtime_missing", message, { failure: "unavailable", cause });
  }
}

/** Platforms say it in words of their own; all name the package that they looked for in quotes. */
function isMissing(error: unknown): boolean {
  return error instanceof Error && /["']node-llama-cpp["']/.test(error.message);
}
