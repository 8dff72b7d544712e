import type { RuntimeDefaults } from "@catenary/core";
import { UsageError } from "../command/usage-error.ts";

interface NamedDefault {
  readonly model?: string;
  readonly provider?: string;
  readonly contextLength?: number;
}

type Get = (name: string) => string | undefined;

/** `TASK_MODEL`, `CHAT_MODEL` and `EMBED_MODEL`, each with `_PROVIDER` and `_MODEL_CONTEXT_LENGTH`. */
export function readDefaultModels(get: Get): RuntimeDefaults {
  const task = readDefault("TASK", get);
  const chat = readDefault("CHAT", get);
  const embedding = readDefault("EMBED", get);
  refuseTwoLengths({ TASK: task, CHAT: chat, EMBED: embedding });
  return {
    ...task,
    ...(Object.keys(chat).length > 0 && { chat }),
    ...(Object.keys(embedding).length > 0 && { embedding }),
  };
}

function readDefault(role: string, get: Get): NamedDefault {
  const [model, provider] = [get(`${role}_MODEL`), get(`${role}_PROVIDER`)];
  const length = get(`${role}_MODEL_CONTEXT_LENGTH`);
  return {
    ...(model !== undefined && { model }),
    ...(provider !== undefined && { provider }),
    ...(length !== undefined && { contextLength: readLength(`${role}_MODEL_CONTEXT_LENGTH`, length) }),
  };
}

function readLength(name: string, text: string): number {
  const length = /^\d+$/.test(text) ? Number(text) : 0;
  if (Number.isSafeInteger(length) && length > 0) return length;
  throw new UsageError(
    `${name} expects how many tokens the model's context holds, a whole number above 0; got ${JSON.stringify(text)}`,
  );
}

/** A model has one context, whatever it is used for. */
function refuseTwoLengths(roles: Readonly<Record<string, NamedDefault>>): void {
  const known = new Map<string, { readonly role: string; readonly contextLength: number }>();
  for (const [role, { model, contextLength }] of Object.entries(roles)) {
    if (model === undefined || contextLength === undefined) continue;
    const other = known.get(model);
    if (other !== undefined && other.contextLength !== contextLength) {
      throw new UsageError(
        `${model} has two context lengths: ${other.contextLength} in ${other.role}_MODEL_CONTEXT_LENGTH, ${contextLength} in ${role}_MODEL_CONTEXT_LENGTH; give it one`,
      );
    }
    known.set(model, { role, contextLength });
  }
}
