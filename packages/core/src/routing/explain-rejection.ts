import { NoCandidateError } from "../errors/no-candidate-error.ts";
import type { BackendState } from "../fleet/backend-state.ts";
import { suggest } from "../value/suggest.ts";
import type { Dropped } from "./candidate.ts";
import type { Wanted } from "./model-request.ts";

/** Why nobody can take a call, and what to do about it: the first thing that stands in the way, and the nearest miss. */
export function explainRejection(
  wanted: Wanted,
  states: readonly BackendState[],
  dropped: readonly Dropped[],
): NoCandidateError {
  const details = { models: wanted.models, providers: wanted.providers, kind: wanted.kind };
  return new NoCandidateError(reason(wanted, states, dropped), details);
}

function reason(wanted: Wanted, states: readonly BackendState[], dropped: readonly Dropped[]): string {
  if (states.length === 0) {
    return "no backend is registered: give one to createRuntime, such as createRuntime({ backends: [ollama()] })";
  }
  const ofType = states.filter(
    (state) => wanted.providers.length === 0 || wanted.providers.includes(state.backend.type),
  );
  if (ofType.length === 0) {
    const types = [...new Set(states.map((state) => state.backend.type))];
    return `no backend of type ${list(wanted.providers)} is registered; there are backends of type ${list(types)}`;
  }
  if (dropped.length > 0) {
    const misses = dropped.map(({ candidate, why }) => `${candidate.model.id} on ${candidate.backend.id}: ${why}`);
    return `no model can take this call: ${misses.slice(0, MOST_MISSES).join("; ")}`;
  }
  return missingModel(wanted, ofType);
}

const MOST_MISSES = 5;

function missingModel(wanted: Wanted, states: readonly BackendState[]): string {
  const silent = states.flatMap(({ backend, error }) =>
    error === undefined ? [] : [`${backend.id}: ${error.message}`],
  );
  const answering = states.filter((state) => state.error === undefined);
  if (answering.length === 0) return silent.join("; ");
  const served = answering.flatMap((state) => state.models.map((model) => model.id));
  const names = wanted.models;
  const sentences = [
    names.length === 0 ? "no backend serves any model" : `no backend serves the model ${list(names)}`,
    served.length === 0
      ? ""
      : `there are: ${served.slice(0, MOST_NAMES).join(", ")}${served.length > MOST_NAMES ? ", …" : ""}`,
    hint(names, answering, served),
    ...silent,
  ];
  return sentences.filter((sentence) => sentence !== "").join("; ");
}

const MOST_NAMES = 20;

function hint(names: readonly string[], states: readonly BackendState[], served: readonly string[]): string {
  const name = names[0];
  if (name === undefined) return "";
  const meant = suggest(name, served);
  if (meant !== undefined) return `did you mean ${meant}?`;
  return states.map((state) => state.backend.missingModelHint?.(name)).find((text) => text !== undefined) ?? "";
}

function list(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(" or ");
}
