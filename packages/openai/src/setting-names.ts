import type { OpenAICompatibleSettings, OpenAISettings, ServerSettings, VllmSettings } from "./settings.ts";

type NamesOf<Settings> = Readonly<Record<keyof Settings, true>>;

const SERVER: NamesOf<ServerSettings> = {
  id: true,
  name: true,
  apiKey: true,
  headers: true,
  models: true,
  fetch: true,
  routing: true,
};

export const OPENAI: NamesOf<OpenAISettings> = { ...SERVER, baseUrl: true, organization: true, project: true };
export const VLLM: NamesOf<VllmSettings> = { ...SERVER, baseUrl: true, structuredOutput: true };
export const COMPATIBLE: NamesOf<OpenAICompatibleSettings> = {
  ...SERVER,
  type: true,
  baseUrl: true,
  structuredOutput: true,
};
