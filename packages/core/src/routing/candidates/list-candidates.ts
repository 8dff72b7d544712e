import type { BackendState } from "../../fleet/backend-state.ts";
import type { BackendModel } from "../../model/backend.ts";
import type { DeclaredModel } from "../../model/declared-model.ts";
import { isSameModel } from "../../value/is-same-model.ts";
import { modelNameDistance } from "../../value/model-name.ts";
import type { Wanted } from "../call/model-request.ts";
import type { HealthBook } from "../health/health-book.ts";
import type { Candidate } from "./candidate.ts";
import { isBackendInScope, isInScope, type Scope } from "./scopes.ts";

/** What candidates are made of, beside what backends serve. */
export interface ListingParts {
  readonly declared: () => readonly DeclaredModel[];
  readonly health: Pick<HealthBook, "of">;
}

/** What was listed from the states of a fleet, until one of them changes. */
interface Listing {
  readonly declared: readonly DeclaredModel[];
  readonly health: ListingParts["health"];
  readonly byScope: Map<Scope, Map<string, readonly Candidate[]>>;
}

const listings = new WeakMap<readonly BackendState[], Listing>();

/** How many different requests of one scope are remembered. Names that come from outside must not grow a map for ever. */
const MOST_REMEMBERED = 256;

/**
 * Every pair of backend and model within the scope that the names in a request can mean, each with its rank: in the order in
 * which the models are named, and for each name the closest fit that anybody in the scope serves. Without names:
 * everything in the scope, all of one rank. Made once for each list of states, because they rarely change between two calls.
 */
export function listCandidates(
  wanted: Wanted,
  states: readonly BackendState[],
  parts: ListingParts,
  scope: Scope,
): readonly Candidate[] {
  const byRequest = remembered(states, parts, scope);
  const key = wanted.models.length + wanted.providers.length === 0 ? "" : keyOf(wanted);
  const known = byRequest.get(key);
  if (known !== undefined) return known;
  if (byRequest.size >= MOST_REMEMBERED) byRequest.clear();
  const listed = list(wanted, states, parts, scope);
  byRequest.set(key, listed);
  return listed;
}

function remembered(
  states: readonly BackendState[],
  parts: ListingParts,
  scope: Scope,
): Map<string, readonly Candidate[]> {
  const declared = parts.declared();
  let listing = listings.get(states);
  if (listing === undefined || listing.declared !== declared || listing.health !== parts.health) {
    listing = { declared, health: parts.health, byScope: new Map() };
    listings.set(states, listing);
  }
  let byRequest = listing.byScope.get(scope);
  if (byRequest === undefined) {
    byRequest = new Map();
    // Scopes of groups that were changed since are never asked for again.
    if (listing.byScope.size >= MOST_REMEMBERED) listing.byScope.clear();
    listing.byScope.set(scope, byRequest);
  }
  return byRequest;
}

/** With the length of each name, because names that come from outside may have any sign in them. */
function keyOf({ models, providers }: Wanted): string {
  let key = `${models.length}`;
  for (const name of models) key += ` ${name.length} ${name}`;
  for (const name of providers) key += ` ${name.length} ${name}`;
  return key;
}

function list(
  wanted: Wanted,
  states: readonly BackendState[],
  parts: ListingParts,
  scope: Scope,
): readonly Candidate[] {
  const declared = parts.declared();
  const served = states.flatMap((state) =>
    isWanted(state, wanted, scope) ? servedBy(state, declared, parts, scope) : [],
  );
  if (wanted.models.length === 0) return served;
  const ranked = new Map<Candidate, Candidate>();
  let rank = 0;
  for (const name of wanted.models) {
    for (const fits of closest(name, served)) {
      for (const candidate of fits) {
        if (!ranked.has(candidate)) ranked.set(candidate, { ...candidate, rank });
      }
      rank++;
    }
  }
  return [...ranked.values()];
}

function isWanted({ backend }: BackendState, { providers }: Wanted, scope: Scope): boolean {
  return (providers.length === 0 || providers.includes(backend.type)) && isBackendInScope(scope, backend.id);
}

function servedBy(
  { backend, models }: BackendState,
  declared: readonly DeclaredModel[],
  { health }: ListingParts,
  scope: Scope,
): readonly Candidate[] {
  return models
    .filter((model) => isInScope(scope, backend.id, model.id))
    .map((model) => ({
      backend,
      model: withDeclared(model, declared),
      health: health.of(backend, model.id),
      rank: 0,
    }));
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

/** The candidates that a name means, by how well they fit; those that fit less well than others could are none of them. */
function closest(name: string, served: readonly Candidate[]): readonly (readonly Candidate[])[] {
  const fits: (readonly [distance: number, Candidate])[] = [];
  for (const candidate of served) {
    const distance = modelNameDistance(name, candidate.model.id);
    if (distance !== undefined) fits.push([distance, candidate]);
  }
  const best = Math.min(...fits.map(([distance]) => distance));
  // A name without a tag means any of them, `latest` before the others.
  const accepted = best >= 2 ? [2, 3] : [best];
  return accepted.map((one) => fits.filter(([distance]) => distance === one).map(([, candidate]) => candidate));
}
