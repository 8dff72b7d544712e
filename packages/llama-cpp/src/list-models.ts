import type { BackendModel, Capabilities } from "@catenary/core";
import { capabilitiesOf } from "./file/capabilities-of.ts";
import { type ModelFacts, readFacts } from "./file/read-facts.ts";
import { loadLibrary } from "./library/load-library.ts";
import { contextLengthOf, type Machine } from "./model/open-model.ts";
import { type DeclaredModel, sourceOf } from "./read-settings.ts";

/** Lists the models of a backend. What their files say is read once, until they change. */
export function modelLister(
  models: ReadonlyMap<string, DeclaredModel>,
  machine: Machine,
): (signal: AbortSignal | undefined) => Promise<BackendModel[]> {
  return async (signal) => {
    signal?.throwIfAborted();
    const library = await loadLibrary(machine.load, machine.platform);
    const listed: BackendModel[] = [];
    for (const [id, declared] of models) {
      const path = await sourceOf(declared.settings.path).existing?.();
      signal?.throwIfAborted();
      // A file that is not there, or is none, is told of by the call that needs it: a list of the others is better than none.
      const facts = path === undefined ? undefined : await readFacts(library, path, signal).catch(() => undefined);
      signal?.throwIfAborted();
      listed.push(describe(id, declared, facts));
    }
    return listed;
  };
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
