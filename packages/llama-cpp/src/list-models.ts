import type { BackendModel, Capabilities } from "@catenary/core";
import { capabilitiesOf } from "./file/capabilities-of.ts";
import { type ModelFacts, readFacts } from "./file/read-facts.ts";
import type { Library } from "./library/library.ts";
import { loadLibrary } from "./library/load-library.ts";
import { contextLengthOf, type Machine } from "./model/open-model.ts";
import { untilAborted } from "./model/until-aborted.ts";
import { type DeclaredModel, sourceOf } from "./read-settings.ts";

/** Lists the models of a backend. What their files say is read once, until they change. */
export function modelLister(
  models: ReadonlyMap<string, DeclaredModel>,
  machine: Machine,
): (signal: AbortSignal | undefined) => Promise<BackendModel[]> {
  return async (signal) => {
    signal?.throwIfAborted();
    const library = await loadLibrary(machine.load, machine.platform);
    const listed = Promise.all(
      [...models].map(async ([id, declared]) => describe(id, declared, await factsOf(declared, library, signal))),
    );
    return untilAborted(listed, signal);
  };
}

/** A file that is not there, or is none, is told of by the call that needs it: a list of the others is better than none. */
async function factsOf(
  { settings }: DeclaredModel,
  library: Library,
  signal: AbortSignal | undefined,
): Promise<ModelFacts | undefined> {
  try {
    const path = await sourceOf(settings.path).existing?.();
    return path === undefined ? undefined : await readFacts(library, path, signal);
  } catch {
    return undefined;
  }
}

function describe(id: string, { settings, local }: DeclaredModel, facts: ModelFacts | undefined): BackendModel {
  const contextLength = facts === undefined ? settings.contextLength : contextLengthOf(settings.contextLength, facts);
  return {
    id,
    ...(contextLength !== undefined && { contextLength }),
    capabilities: { ...(facts === undefined ? NOT_HERE : capabilitiesOf(facts)), ...settings.capabilities },
    loaded: local.isLoaded,
    ...(facts !== undefined && { size: facts.bytes, modifiedAt: facts.modifiedAt, details: facts.details }),
  };
}

/** Of a model whose file is still to come: a grammar can hold whatever writes words. */
const NOT_HERE: Capabilities = { structuredOutput: true, vision: false };
