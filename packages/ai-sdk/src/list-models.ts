import type { BackendModel, Capabilities } from "@catenary/core";
import { ModelError } from "@catenary/core";
import { asModel } from "./check-settings.ts";
import type { AISDKSettings } from "./settings.ts";
import { toFailure } from "./to-failure.ts";

/** What was declared, or what the given function tells with what was declared about it. */
export async function listModels(
  settings: AISDKSettings,
  hide: (text: string) => string,
  signal: AbortSignal | undefined,
): Promise<readonly BackendModel[]> {
  signal?.throwIfAborted();
  const { models: declared = [], capabilities = {} } = settings;
  const byId = new Map<string, BackendModel>();
  const told = await ask(settings, hide, signal);
  for (const model of [...told, ...declared]) {
    const read = asModel(model);
    if (read === undefined) throw notAList(settings.id);
    byId.set(read.id, merge(byId.get(read.id), read));
  }
  return Array.from(byId.values(), (model) => complete(model, capabilities));
}

async function ask(
  { id, listModels: list }: AISDKSettings,
  hide: (text: string) => string,
  signal: AbortSignal | undefined,
): Promise<readonly (string | BackendModel)[]> {
  if (list === undefined) return [];
  let told: readonly (string | BackendModel)[];
  try {
    told = await list(signal === undefined ? {} : { signal });
  } catch (error) {
    signal?.throwIfAborted();
    throw toFailure(error, { backend: id, hide });
  }
  signal?.throwIfAborted();
  if (!Array.isArray(told)) throw notAList(id);
  return told;
}

/** Field by field, capabilities too. */
function merge(told: BackendModel | undefined, declared: BackendModel): BackendModel {
  if (told?.capabilities === undefined || declared.capabilities === undefined) return { ...told, ...declared };
  return { ...told, ...declared, capabilities: { ...told.capabilities, ...declared.capabilities } };
}

function complete(model: BackendModel, capabilities: Capabilities): BackendModel {
  if (model.capabilities?.embed === true) return model;
  const all = { ...capabilities, ...model.capabilities };
  return Object.keys(all).length === 0 ? model : { ...model, capabilities: all };
}

function notAList(backend: string): ModelError {
  return new ModelError(
    `listModels of the backend "${backend}" was to tell a list of names, or of objects that have one as their id, and told something else: correct it`,
    { failure: "reply", backend },
  );
}
