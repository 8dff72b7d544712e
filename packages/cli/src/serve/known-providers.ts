import { type RuntimeDefaults, suggest } from "@catenary/core";
import { geminiType } from "@catenary/gemini";
import { ollamaType } from "@catenary/ollama";
import { openaiType, vllmType } from "@catenary/openai";
import { UsageError } from "../command/usage-error.ts";
import type { CatenaryConfig } from "../config/catenary-config.ts";

/** The types of backends that can be registered over REST whatever the configuration says. */
export const SERVED_TYPES = [ollamaType, openaiType, vllmType, geminiType];

/** The types that backends can have: those that can be registered, and those of what the configuration brings. */
export function knownTypes({ backends, backendTypes }: CatenaryConfig): readonly string[] {
  return [...new Set([...SERVED_TYPES.map(({ type }) => type), ...typesOf(backendTypes), ...typesOf(backends)])];
}

/**
 * The models of the environment, each with its provider as the type is written.
 *
 * @throws UsageError where there is no such type: no call would ever find a model.
 */
export function withKnownProviders(defaults: RuntimeDefaults, types: readonly string[]): RuntimeDefaults {
  const { provider, chat, embedding, ...rest } = defaults;
  return {
    ...rest,
    ...(provider !== undefined && { provider: typeOf("TASK_PROVIDER", provider, types) }),
    ...(chat !== undefined && { chat: withKnown("CHAT_PROVIDER", chat, types) }),
    ...(embedding !== undefined && { embedding: withKnown("EMBED_PROVIDER", embedding, types) }),
  };
}

function withKnown<T extends { readonly provider?: string | undefined }>(
  name: string,
  given: T,
  types: readonly string[],
): T {
  return given.provider === undefined ? given : { ...given, provider: typeOf(name, given.provider, types) };
}

function typeOf(name: string, provider: string, types: readonly string[]): string {
  const found = types.find((type) => type.toLowerCase() === provider.toLowerCase());
  if (found !== undefined) return found;
  const meant = suggest(provider, types);
  throw new UsageError(
    `${name} expects the type of a backend, one of ${types.join(", ")}; got ${JSON.stringify(provider)}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
  );
}

/** What a configuration has is judged by the runtime that is made of it. */
function typesOf(given: unknown): readonly string[] {
  if (!Array.isArray(given)) return [];
  return given.flatMap((one: unknown) => {
    const type: unknown = typeof one === "object" && one !== null ? Reflect.get(one, "type") : undefined;
    return typeof type === "string" ? [type] : [];
  });
}
