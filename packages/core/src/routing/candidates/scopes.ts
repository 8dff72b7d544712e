import { CatenaryError } from "../../errors/catenary-error.ts";
import type { AffinityGroup } from "../../registry/affinity-group.ts";
import { isSameModel } from "../../value/is-same-model.ts";
import { suggest } from "../../value/suggest.ts";
import type { Wanted } from "../call/model-request.ts";

/** Where a call may go at one time. What is outside of it is not there for the call. */
export interface Scope {
  /** The id of the group; where the call names a purpose that several have, the purpose. Undefined: everything that is registered. */
  readonly name: string | undefined;
  /** A candidate is in it if its backend and its model are in one and the same of these groups. */
  readonly groups: readonly AffinityGroup[] | undefined;
  /** The policy for calls that name none. Undefined: the runtime's. */
  readonly policy: string | undefined;
}

const EVERYTHING: Scope = { name: undefined, groups: undefined, policy: undefined };
const ONLY_EVERYTHING: readonly Scope[] = [EVERYTHING];

/** A call must not cost the search for its group; the list of groups is another one as soon as one of them changed. */
const known = new WeakMap<readonly AffinityGroup[], Map<string, readonly Scope[]>>();

/**
 * The group, or the groups of the purpose, that a call is held to, and after it the groups into which it may overflow, in
 * order, each once. One scope that holds everything where the call names neither.
 *
 * @throws CatenaryError `group_unknown`
 */
export function scopesOf(wanted: Wanted, groups: readonly AffinityGroup[]): readonly Scope[] {
  const { group, purpose } = wanted;
  if (group === undefined && purpose === undefined) return ONLY_EVERYTHING;
  const scopes = known.get(groups) ?? new Map<string, readonly Scope[]>();
  if (scopes.size === 0) known.set(groups, scopes);
  const key = group === undefined ? `purpose ${purpose}` : `group ${group}`;
  let found = scopes.get(key);
  if (found === undefined) {
    found = group === undefined ? ofPurpose(purpose ?? "", groups) : ofGroup(group, groups);
    scopes.set(key, found);
  }
  return found;
}

/** Whether a model on a backend is in the scope. */
export function isInScope({ groups }: Scope, backendId: string, modelId: string): boolean {
  return groups === undefined || groups.some((group) => holdsBackend(group, backendId) && holdsModel(group, modelId));
}

/** Whether anything of a backend can be in the scope. */
export function isBackendInScope({ groups }: Scope, backendId: string): boolean {
  return groups === undefined || groups.some((group) => holdsBackend(group, backendId));
}

function holdsBackend({ backends }: AffinityGroup, backendId: string): boolean {
  return backends.includes(backendId);
}

function holdsModel({ models }: AffinityGroup, modelId: string): boolean {
  return models === undefined || models.some((name) => isSameModel(name, modelId));
}

function ofGroup(wanted: string, groups: readonly AffinityGroup[]): readonly Scope[] {
  const found = groups.find(({ id }) => id === wanted) ?? groups.find(({ name }) => name === wanted);
  if (found === undefined) throw unknown("group", wanted, groups.flatMap(namesOf));
  return withOverflow([found], found.id, groups);
}

function ofPurpose(wanted: string, groups: readonly AffinityGroup[]): readonly Scope[] {
  const found = groups.filter(({ purpose }) => purpose === wanted);
  const [only, ...others] = found;
  if (only === undefined)
    throw unknown(
      "purpose",
      wanted,
      groups.flatMap(({ purpose }) => purpose ?? []),
    );
  return withOverflow(found, others.length === 0 ? only.id : wanted, groups);
}

/**
 * Groups may be registered in any order, so that a call is the first to know of an overflow that is not there. Nobody may find out only when the
 * group is full.
 */
function withOverflow(
  first: readonly AffinityGroup[],
  name: string,
  groups: readonly AffinityGroup[],
): readonly Scope[] {
  const scopes: Scope[] = [{ name, groups: first, policy: first.find(({ policy }) => policy !== undefined)?.policy }];
  const reached = new Set(first);
  // The set grows while it is walked, so that an overflow of an overflow comes after those that are nearer.
  for (const { id, overflow } of reached) {
    if (overflow === undefined) continue;
    const next = groups.find(({ id }) => id === overflow);
    if (next === undefined) throw noOverflow(id, overflow, groups);
    if (reached.has(next)) continue;
    reached.add(next);
    scopes.push({ name: next.id, groups: [next], policy: next.policy });
  }
  return scopes;
}

function noOverflow(group: string, overflow: string, groups: readonly AffinityGroup[]): CatenaryError {
  const meant = suggest(
    overflow,
    groups.map(({ id }) => id),
  );
  const advice = meant === undefined ? "register it, or take the overflow away" : `did you mean ${meant}?`;
  return new CatenaryError(
    "group_unknown",
    `the group ${JSON.stringify(group)} overflows into ${JSON.stringify(overflow)}, and no group has this id: ${advice}`,
    { details: { group, overflow } },
  );
}

function namesOf({ id, name }: AffinityGroup): readonly string[] {
  return name === undefined ? [id] : [id, name];
}

function unknown(what: "group" | "purpose", wanted: string, names: readonly string[]): CatenaryError {
  const distinct = [...new Set(names)];
  const meant = suggest(wanted, distinct);
  const there = distinct.length === 0 ? "there is none" : `there are: ${distinct.join(", ")}`;
  return new CatenaryError(
    "group_unknown",
    `no group has the ${what === "group" ? "id or name" : "purpose"} ${JSON.stringify(wanted)}; ${there}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
    { details: { [what]: wanted } },
  );
}
