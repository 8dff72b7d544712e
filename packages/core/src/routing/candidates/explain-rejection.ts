import { NoCandidateError, type RejectionReason } from "../../errors/no-candidate-error.ts";
import type { BackendState } from "../../fleet/backend-state.ts";
import type { Download } from "../../fleet/download.ts";
import { modelNameDistance } from "../../value/model-name.ts";
import type { Wanted } from "../call/model-request.ts";
import type { Candidate, Dropped } from "./candidate.ts";
import { askedOf, OBSTACLES, type Obstacle, obstacleOf } from "./eligible.ts";
import { downloadOf, explainMissing, type Search } from "./explain-missing.ts";
import { isHeld, list, placeOf } from "./place-of.ts";
import { recordOf } from "./record-of.ts";
import { isBackendInScope, type Scope } from "./scopes.ts";

/**
 * Why nobody can take a call, and what to do about it: the first thing that stands in the way, and the nearest miss.
 *
 * @param scopes Where the call might have gone. Default: everywhere.
 * @param downloads What is being fetched. Default: nothing.
 * @param declared Names of models that somebody declared, put into a group or has fetched. Default: none.
 */
export function explainRejection(
  wanted: Wanted,
  states: readonly BackendState[],
  dropped: readonly Dropped[],
  scopes: readonly Scope[] = [],
  downloads: readonly Download[] = [],
  declared: readonly string[] = [],
): NoCandidateError {
  const { reason, message } = rejectionOf(wanted, states, dropped, { scopes, downloads });
  const details = {
    reason,
    models: wanted.models,
    providers: wanted.providers,
    kind: wanted.kind,
    ...(wanted.group !== undefined && { group: wanted.group }),
    ...(wanted.purpose !== undefined && { purpose: wanted.purpose }),
    ...(dropped.length > 0 && {
      dropped: dropped.map(({ candidate, stage, why }) => recordOf(candidate, stage, why)),
    }),
    ...downloadDetails(downloadOf(wanted.models, states, downloads)),
    ...(reason === "unreachable" && { isUnknown: isUnknown(wanted, states, declared) }),
  };
  return new NoCandidateError(message, details, reason === "credentials" ? "auth" : "unavailable");
}

/** How far the download is that will bring the model, and of what it has failed so far. */
function downloadDetails(found: Download | undefined): { readonly download?: Partial<Download> } {
  if (found === undefined) return {};
  const { id, state, tries, status, completedBytes, totalBytes, error, retryAt } = found;
  return {
    download: {
      id,
      state,
      tries,
      ...(status !== undefined && { status }),
      ...(completedBytes !== undefined && { completedBytes }),
      ...(totalBytes !== undefined && { totalBytes }),
      ...(error !== undefined && { error }),
      ...(retryAt !== undefined && { retryAt }),
    },
  };
}

interface Rejection {
  readonly reason: RejectionReason;
  readonly message: string;
}

function rejectionOf(
  wanted: Wanted,
  states: readonly BackendState[],
  dropped: readonly Dropped[],
  { scopes, downloads }: Pick<Search, "scopes" | "downloads">,
): Rejection {
  if (states.length === 0) {
    return noBackend(
      "no backend is registered: give one to createRuntime, such as createRuntime({ backends: [ollama()] })",
    );
  }
  const inScope = states.filter(({ backend }) => isReachable(backend.id, scopes));
  if (inScope.length === 0) return noBackend(emptyGroup(scopes, states));
  const ofType = inScope.filter(({ backend }) => isOfType(backend.type, wanted));
  if (ofType.length === 0) {
    const types = [...new Set(inScope.map(({ backend }) => backend.type))];
    const where = isHeld(scopes) ? `in ${placeOf(scopes)}` : "registered";
    return noBackend(
      `no backend of type ${list(wanted.providers)} is ${where}; there are backends of type ${list(types)}`,
    );
  }
  if (dropped.length > 0) return nearestMiss(wanted, dropped);
  const search = { states, reachable: ofType, scopes, downloads };
  return { reason: missingReason(wanted, search), message: explainMissing(wanted, search) };
}

function noBackend(message: string): Rejection {
  return { reason: "no_backend", message };
}

/** A backend that is silent may have the model: nobody knows before it answers. One that was never given a key has none, where others answer. */
function missingReason({ models }: Wanted, { reachable, downloads }: Search): RejectionReason {
  const isAnswered = reachable.some(({ error }) => error === undefined);
  const failures = reachable.flatMap(({ error }) =>
    error === undefined || (isAnswered && error.code === "api_key_missing") ? [] : [error.failure],
  );
  const isOnItsWay = downloadOf(models, reachable, downloads) !== undefined;
  if (failures.length === 0) return isOnItsWay ? "fetching" : "model_not_found";
  // No time mends a wrong key, so that nobody is to try again.
  return failures.every((failure) => failure === "auth") && !isOnItsWay ? "credentials" : "unreachable";
}

/** Whether somebody answers, and nobody has ever heard of the models: whoever does not answer had none of them, and nobody declared one. */
function isUnknown({ models }: Wanted, states: readonly BackendState[], declared: readonly string[]): boolean {
  if (models.length === 0 || states.every(({ error }) => error !== undefined)) return false;
  const known = [...declared, ...states.flatMap(({ lastModels = [] }) => lastModels.map(({ id }) => id))];
  return models.every((name) => known.every((other) => modelNameDistance(name, other) === undefined));
}

function isReachable(backendId: string, scopes: readonly Scope[]): boolean {
  return scopes.length === 0 || scopes.some((scope) => isBackendInScope(scope, backendId));
}

function isOfType(type: string, { providers }: Wanted): boolean {
  return providers.length === 0 || providers.includes(type);
}

function emptyGroup(scopes: readonly Scope[], states: readonly BackendState[]): string {
  const named = new Set(scopes.flatMap(({ groups = [] }) => groups.flatMap(({ backends }) => backends)));
  const there = states.map(({ backend }) => backend.id).join(", ");
  const why =
    named.size === 0 ? "names no backend" : `names only backends that are not registered (${[...named].join(", ")})`;
  return `${placeOf(scopes)} ${why}: add some of ${there} to its backends, or give it an overflow`;
}

/** Only those that came furthest are told: what they lack is the least that has to change. */
function nearestMiss(wanted: Wanted, dropped: readonly Dropped[]): Rejection {
  const depth = ({ candidate }: Dropped) => OBSTACLES.indexOf(obstacleOf(wanted, candidate) ?? "kind");
  const furthest = Math.max(...dropped.map(depth));
  const misses = dropped.filter((one) => depth(one) === furthest);
  const obstacle: Obstacle = OBSTACLES[furthest] ?? "kind";
  if (obstacle === "context") return { reason: "context_length", message: tooLong(wanted, misses) };
  return { reason: "incapable", message: obstacle === "vision" ? sightless(misses) : unable(misses) };
}

function sightless(misses: readonly Dropped[]): string {
  const known = misses.slice(0, MOST_MISSES).map(({ candidate }) => placed(candidate));
  return `the conversation has an image, and no model that could answer it takes images (${known.join(", ")}): add one that does, or declare it with capabilities: { vision: true }`;
}

function unable(misses: readonly Dropped[]): string {
  const told = misses.slice(0, MOST_MISSES).map(({ candidate, why }) => `${placed(candidate)}: ${why}`);
  return `no model can take this call: ${told.join("; ")}`;
}

const MOST_MISSES = 5;

function tooLong(wanted: Wanted, misses: readonly Dropped[]): string {
  const { outputTokens = 0 } = wanted;
  const sizeOf = ({ candidate }: Dropped) => candidate.model.contextLength ?? 0;
  const largest = misses.reduce((best, one) => (sizeOf(one) > sizeOf(best) ? one : best));
  const asked = askedOf(wanted, largest.candidate);
  const notes = [
    ...(asked.isEstimate ? ["estimated"] : []),
    ...(outputTokens > 0 ? [`${count(asked.tokens)} asked, ${count(outputTokens)} for the answer`] : []),
  ];
  const noted = notes.length > 0 ? ` (${notes.join(": ")})` : "";
  return `the call needs ${count(asked.tokens + outputTokens)} tokens${noted}; the largest context is ${placed(largest.candidate)} with ${count(sizeOf(largest))}`;
}

function count(tokens: number): string {
  return tokens.toLocaleString("en-US");
}

function placed({ backend, model }: Candidate): string {
  return `${model.id} on ${backend.id}`;
}
