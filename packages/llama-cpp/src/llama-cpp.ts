import type { LlamaBackend } from "./llama-backend.ts";
import { llamaCppOn } from "./llama-cpp-on.ts";
import { THIS_MACHINE } from "./read-settings.ts";
import type { LlamaSettings } from "./settings.ts";

/**
 * Runs GGUF files in this process, on llama.cpp. Loads nothing by itself: a model is loaded at its first call.
 *
 * @throws CatenaryError `settings_invalid` where a setting has another name, or cannot be.
 */
export function llamaCpp(settings: LlamaSettings): LlamaBackend {
  return llamaCppOn(THIS_MACHINE, settings);
}
