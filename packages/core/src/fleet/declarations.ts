import type { Backend } from "../model/backend.ts";
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

/** What is to be fetched: models that a backend should have, could fetch and lacks. */
export function missingModels(
  backends: readonly Backend[],
  stateOf: (backend: Backend) => BackendState | undefined,
  declarations: Declarations,
): readonly { readonly backend: Backend; readonly model: string }[] {
  return backends.flatMap((backend) => {
    const state = stateOf(backend);
    if (backend.pullModel === undefined || state === undefined || state.error !== undefined) return [];
    return modelsFor(backend, declarations)
      .filter((model) => !serves(state, model))
      .filter((model) => !isForOthers(model, backend, backends, stateOf, declarations))
      .map((model) => ({ backend, model }));
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

/**
 * Whether the model is one of those that are only served and never fetched: a backend that cannot fetch has it, or was not asked
 * yet and might.
 */
function isForOthers(
  model: string,
  backend: Backend,
  backends: readonly Backend[],
  stateOf: (backend: Backend) => BackendState | undefined,
  declarations: Declarations,
): boolean {
  return backends.some((other) => {
    if (other === backend || other.pullModel !== undefined || !modelsFor(other, declarations).includes(model))
      return false;
    const state = stateOf(other);
    return state === undefined || serves(state, model);
  });
}

function isInAnyGroup(name: string, groups: readonly AffinityGroup[]): boolean {
  return groups.some(({ models = [] }) => models.some((model) => isSameModel(model, name)));
}

function serves({ models }: BackendState, name: string): boolean {
  return models.some(({ id }) => isSameModel(name, id));
}
