import type { BackendState } from "../fleet/backend-state.ts";
import type { BackendModel } from "../model/backend.ts";
import type { DeclaredModel } from "../model/declared-model.ts";
import { modelNameDistance } from "../value/model-name.ts";
import type { Candidate } from "./candidate.ts";
import type { Wanted } from "./model-request.ts";

/**
 * Every pair of backend and model that the names in a request can mean, the preferred first: in the order in which the
 * models are named, and for each name the closest fit that anybody serves. Without names: everything.
 */
export function listCandidates(
  wanted: Wanted,
  states: readonly BackendState[],
  declared: readonly DeclaredModel[],
): readonly Candidate[] {
  const served = states
    .filter((state) => isOfType(state, wanted.providers))
    .flatMap((state) => servedBy(state, declared));
  if (wanted.models.length === 0) return served;
  const chosen = new Set<Candidate>();
  for (const name of wanted.models) for (const candidate of closest(name, served)) chosen.add(candidate);
  return [...chosen];
}

function isOfType(state: BackendState, providers: readonly string[]): boolean {
  return providers.length === 0 || providers.includes(state.backend.type);
}

function servedBy(state: BackendState, declared: readonly DeclaredModel[]): readonly Candidate[] {
  const { backend } = state;
  return state.models.map((model) => ({ backend, model: withDeclared(model, declared) }));
}

/** What the owner declared about a model wins over what its server tells. */
function withDeclared(model: BackendModel, declared: readonly DeclaredModel[]): BackendModel {
  const known = declared.find((other) => isSameModel(other.name, model.id));
  if (known === undefined) return model;
  return {
    ...model,
    ...(known.contextLength !== undefined && { contextLength: known.contextLength }),
    ...(known.capabilities !== undefined && { capabilities: { ...model.capabilities, ...known.capabilities } }),
  };
}

/** A declaration is for exactly one model: `llama3` is `llama3:latest` and no other size. */
function isSameModel(declared: string, served: string): boolean {
  return declared === served || `${declared}:latest` === served || declared === `${served}:latest`;
}

function closest(name: string, served: readonly Candidate[]): readonly Candidate[] {
  const fits = served.flatMap((candidate) => {
    const distance = modelNameDistance(name, candidate.model.id);
    return distance === undefined ? [] : [{ candidate, distance }];
  });
  const best = Math.min(...fits.map((fit) => fit.distance));
  // A name without a tag means any of them, `latest` before the others.
  const limit = best >= 2 ? 3 : best;
  return fits
    .filter((fit) => fit.distance <= limit)
    .sort((a, b) => a.distance - b.distance)
    .map((fit) => fit.candidate);
}
