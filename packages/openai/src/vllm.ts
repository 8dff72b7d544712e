import {
  type BackendType,
  checkServerSettings,
  checkSettingNames,
  givenFetch,
  type LanguageModelCallOptions,
} from "@catenary/core";
import { defaultFetch } from "#default-fetch";
import { checkBaseUrl, withVersion } from "./check-base-url.ts";
import type { OpenAIBackend } from "./openai.ts";
import { compatibleBackend } from "./openai-compatible.ts";
import { VLLM } from "./setting-names.ts";
import type { VllmSettings } from "./settings.ts";

/**
 * A vLLM server as a backend. Makes no request by itself. Context lengths come from the server.
 *
 * @throws CatenaryError `settings_invalid` where `baseUrl` is no address, or a setting has another name.
 */
export function vllm(settings: VllmSettings): OpenAIBackend {
  checkSettingNames("vllm()", settings, VLLM);
  checkServerSettings("vllm()", settings);
  const baseUrl = withVersion(checkBaseUrl(settings.baseUrl, "http://127.0.0.1:8000"));
  const { id = "vllm", structuredOutput = true } = settings;
  return compatibleBackend({ ...settings, id, structuredOutput, type: "vllm", baseUrl }, withTopK);
}

/** Opens vLLM servers from stored records: `createRuntime({ backendTypes: [vllmType] })`. */
export const vllmType: BackendType = {
  type: "vllm",
  // A record without an address is refused where the settings are checked.
  open: ({ prune: _, ...settings }, surroundings) =>
    vllm({ ...settings, baseUrl: settings.baseUrl ?? "", ...givenFetch(surroundings, defaultFetch) }),
};

/** vLLM knows `top_k`; OpenAI's protocol does not, so the AI SDK would leave it out. */
function withTopK({ topK, ...options }: LanguageModelCallOptions): LanguageModelCallOptions {
  if (topK === undefined) return options;
  const { providerOptions } = options;
  return { ...options, providerOptions: { ...providerOptions, vllm: { top_k: topK, ...providerOptions?.vllm } } };
}
