import type { BackendState } from "../../fleet/backend-state.ts";
import { type Download, isUnderWay, percentOf } from "../../fleet/download.ts";
import { modelNameDistance } from "../../value/model-name.ts";
import { suggest } from "../../value/suggest.ts";
import type { Wanted } from "../call/model-request.ts";
import { isHeld, list, placeOf } from "./place-of.ts";
import { isInScope, type Scope } from "./scopes.ts";

export interface Search {
  /** All backends. */
  readonly states: readonly BackendState[];
  /** Those where the call might have gone. */
  readonly reachable: readonly BackendState[];
  readonly scopes: readonly Scope[];
  readonly downloads: readonly Download[];
}

/** Why none of the models that a call names is there for it: what is there instead, who is silent, how to get the model. */
export function explainMissing(wanted: Wanted, { states, reachable, scopes, downloads }: Search): string {
  const silent = reachable.flatMap(({ backend, error }) =>
    error === undefined ? [] : [`${backend.id}: ${error.message}`],
  );
  const answering = reachable.filter((state) => state.error === undefined);
  if (answering.length === 0) return silent.join("; ");
  const served = answering.flatMap(({ backend, models }) =>
    models.filter((model) => isThere(backend.id, model.id, scopes)).map((model) => model.id),
  );
  const names = wanted.models;
  const there = [...new Set(served)];
  const nobody = isHeld(scopes) ? `no backend in ${placeOf(scopes)}` : "no backend";
  const elsewhere = outside(names, states, scopes);
  const sentences = [
    names.length === 0 ? `${nobody} serves any model${listedBy(scopes)}` : `${nobody} serves the model ${list(names)}`,
    there.length === 0
      ? ""
      : `there are: ${there.slice(0, MOST_NAMES).join(", ")}${there.length > MOST_NAMES ? ", …" : ""}`,
    elsewhere,
    // What another group has need not be fetched once more, and may be what no server here can fetch.
    fetched(names, answering, downloads) ?? (elsewhere === "" ? hint(names, answering, there) : ""),
    ...silent,
  ];
  return sentences.filter((sentence) => sentence !== "").join("; ");
}

/** Where a group lists models, only those count. */
function listedBy(scopes: readonly Scope[]): string {
  const models = new Set(scopes.flatMap(({ groups = [] }) => groups.flatMap((group) => group.models ?? [])));
  return models.size === 0 ? "" : ` that the group lists (${[...models].slice(0, MOST_NAMES).join(", ")})`;
}

const MOST_NAMES = 20;

function isThere(backendId: string, modelId: string, scopes: readonly Scope[]): boolean {
  return scopes.length === 0 || scopes.some((scope) => isInScope(scope, backendId, modelId));
}

/** Who serves a model where the call may not go. */
function outside(names: readonly string[], states: readonly BackendState[], scopes: readonly Scope[]): string {
  if (!isHeld(scopes)) return "";
  const places = states.flatMap(({ backend, models }) =>
    models
      .filter(({ id }) => names.some((name) => modelNameDistance(name, id) !== undefined))
      .filter(({ id }) => !isThere(backend.id, id, scopes))
      .map(({ id }) => `${id} on ${backend.id}`),
  );
  if (places.length === 0) return "";
  return `outside of the group there is ${places.slice(0, MOST_PLACES).join(", ")}, and the call may not leave it: add it to the group, or declare an overflow`;
}

const MOST_PLACES = 3;

/** A model that is on its way needs nothing but time. */
function fetched(
  names: readonly string[],
  states: readonly BackendState[],
  downloads: readonly Download[],
): string | undefined {
  const found = downloadOf(names, states, downloads);
  if (found === undefined) return notFetched(names, states, downloads);
  const { id, model, backend, state, tries, error } = found;
  const percent = percentOf(found);
  const how = state === "queued" ? "is to be fetched" : "is being fetched";
  const far = percent === undefined ? "" : ` (${percent} % so far)`;
  // What has failed already may fail for ever.
  const last = error === undefined ? "" : `; try ${Math.max(tries - 1, 1)} failed: ${error.message}`;
  return `${model} ${how} onto ${backend}${far}${last}: try again when it is there; runtime.downloads.wait(${JSON.stringify(id)}) tells when`;
}

/** A model that was to be fetched: to have it fetched is no advice any more. */
function notFetched(
  names: readonly string[],
  states: readonly BackendState[],
  downloads: readonly Download[],
): string | undefined {
  const found = downloadOf(names, states, downloads, ({ state }) => state === "failed" || state === "cancelled");
  if (found === undefined) return undefined;
  const { id, model, backend, state, error } = found;
  const ended = state === "cancelled" ? "was cancelled" : "failed";
  const why = error === undefined ? "" : `: ${error.message}`;
  return `the download of ${model} onto ${backend} ${ended}${why}; runtime.downloads.retry(${JSON.stringify(id)}) begins it again`;
}

/** The download that will bring one of the models. */
export function downloadOf(
  names: readonly string[],
  states: readonly BackendState[],
  downloads: readonly Download[],
  isMeant: (download: Download) => boolean = isUnderWay,
): Download | undefined {
  return downloads.find(
    (download) =>
      isMeant(download) &&
      states.some(({ backend }) => backend.id === download.backend) &&
      names.some((name) => modelNameDistance(name, download.model) !== undefined),
  );
}

/** What was probably meant, else how to get what was. */
function hint(names: readonly string[], states: readonly BackendState[], served: readonly string[]): string {
  const name = names[0];
  if (name === undefined) return "";
  const meant = suggest(name, served);
  if (meant !== undefined) return `did you mean ${meant}?`;
  for (const { backend } of states) {
    const told = backend.missingModelHint?.(name);
    if (told !== undefined) return told;
  }
  const fetching = states.find(({ backend }) => backend.pullModel !== undefined)?.backend;
  if (fetching === undefined) return "";
  const place = `{ backend: ${JSON.stringify(fetching.id)}, model: ${JSON.stringify(name)} }`;
  return `fetch it with runtime.downloads.create(${place}), or declare it and give createRuntime({ pull: "missing" })`;
}
