import { toErrorData } from "../errors/catenary-error.ts";
import type { BackendModel } from "../model/backend.ts";
import type { BackendState } from "./backend-state.ts";
import type { StateEvent } from "./fleet-event.ts";

/** What has changed since a backend was last asked; everything, where it never was. */
export function stateEvents(before: BackendState | undefined, now: BackendState): readonly StateEvent[] {
  const place = { at: now.at, backend: now.backend.id };
  if (now.error !== undefined) {
    if (before !== undefined && before.error !== undefined) return [];
    return [{ kind: "backend_unreachable", ...place, error: toErrorData(now.error) }];
  }
  if (before === undefined || before.error !== undefined) {
    return [{ kind: "backend_reachable", ...place, models: now.models.map(({ id }) => id) }];
  }
  const old = new Map(before.models.map((model) => [model.id, model]));
  const current = new Set(now.models.map(({ id }) => id));
  const added = idsOf(now.models.filter(({ id }) => !old.has(id)));
  const removed = idsOf(before.models.filter(({ id }) => !current.has(id)));
  const updated = idsOf(now.models.filter((model) => isOther(old.get(model.id), model)));
  if (added.length + removed.length + updated.length === 0) return [];
  return [{ kind: "models_changed", ...place, added, removed, updated }];
}

function isOther(before: BackendModel | undefined, now: BackendModel): boolean {
  return before !== undefined && before.digest !== now.digest;
}

function idsOf(models: readonly BackendModel[]): readonly string[] {
  return models.map(({ id }) => id);
}
