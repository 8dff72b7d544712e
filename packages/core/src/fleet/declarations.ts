import type { Backend, BackendModel } from "../model/backend.ts";
import type { AffinityGroup } from "../registry/affinity-group.ts";
import { isSameModel } from "../value/is-same-model.ts";
import type { BackendState } from "./backend-state.ts";

/** A model that its owner named. */
export interface NamedModel {
  readonly name: string;
  /** The type of the backends that are to serve it. Default: any. */
  readonly provider?: string | undefined;
}

/** What the owner of a runtime says that there should be. */
export interface Declarations {
  /** Those that were declared, and those that are used where nobody names one. */
  readonly models: readonly NamedModel[];
  readonly groups: readonly AffinityGroup[];
}

/**
 * The models that a backend is to have: those of its groups; where none of its groups lists models, those that are in no
 * group at all.
 */
export function modelsFor({ id, type }: Backend, { models, groups }: Declarations): readonly string[] {
  const own = groups.filter((group) => group.models !== undefined && group.backends.includes(id));
  if (own.length > 0) return distinct(own.flatMap((group) => group.models ?? []));
  const ungrouped = models.filter(
    ({ name, provider }) => (provider === undefined || provider === type) && !isInAnyGroup(name, groups),
  );
  return distinct(ungrouped.map(({ name }) => name));
}

/** Without names that are none, and each model once, whether its tag is written out or not. */
function distinct(names: readonly string[]): readonly string[] {
  return names.filter((name, at) => name !== "" && names.findIndex((other) => isSameModel(other, name)) === at);
}

/** What a backend is to fetch. */
export interface MissingModel {
  readonly backend: Backend;
  readonly model: string;
  /**
   * A backend that is to have the model too, cannot fetch, and may serve it: it was not asked yet, or does not answer. As long as
   * that is so nothing is fetched.
   */
  readonly waitsFor: Backend | undefined;
}

/** What is to be fetched: models that a backend should have, could fetch and lacks. */
export function missingModels(
  backends: readonly Backend[],
  stateOf: (backend: Backend) => BackendState | undefined,
  declarations: Declarations,
): readonly MissingModel[] {
  return backends.flatMap((backend) => {
    const state = stateOf(backend);
    if (backend.pullModel === undefined || state === undefined || state.error !== undefined) return [];
    return modelsFor(backend, declarations)
      .filter((model) => !serves(state.models, model))
      .flatMap((model) => {
        const others = backends.filter((other) => other !== backend && isOnlyServed(model, other, declarations));
        if (others.some((other) => serves(stateOf(other)?.models ?? [], model))) return [];
        return { backend, model, waitsFor: others.find((other) => mayServe(stateOf(other), model)) };
      });
  });
}

/**
 * What a backend has although nobody named it anywhere. Nothing where nobody named anything for it: a server is not emptied
 * because a list was forgotten.
 */
export function undeclaredModels(state: BackendState, declarations: Declarations): readonly string[] {
  if (modelsFor(state.backend, declarations).length === 0) return [];
  const named = [
    ...declarations.models.map(({ name }) => name),
    ...declarations.groups.flatMap((group) => group.models ?? []),
  ];
  return state.models.map(({ id }) => id).filter((id) => !named.some((name) => isSameModel(name, id)));
}

/** Whether a backend is to have a model and cannot fetch it. */
function isOnlyServed(model: string, backend: Backend, declarations: Declarations): boolean {
  return backend.pullModel === undefined && modelsFor(backend, declarations).some((other) => isSameModel(other, model));
}

/** Whether nobody knows that a backend does not have a model. One that is down has what it had. */
function mayServe(state: BackendState | undefined, model: string): boolean {
  if (state === undefined) return true;
  if (state.error === undefined) return serves(state.models, model);
  return state.lastModels === undefined || serves(state.lastModels, model);
}

function isInAnyGroup(name: string, groups: readonly AffinityGroup[]): boolean {
  return groups.some(({ models = [] }) => models.some((model) => isSameModel(model, name)));
}

function serves(models: readonly BackendModel[], name: string): boolean {
  return models.some(({ id }) => isSameModel(name, id));
}
