import { isChain } from "../chain/create-chain.ts";
import { RegistryError } from "../errors/registry-error.ts";
import { problemWithRouting } from "../model/check-backend-routing.ts";
import { unknownName } from "../value/check-option-names.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { AffinityGroup } from "./affinity-group.ts";

// What a registry is given is checked at once, for those who write JavaScript: an error in the middle of a run would come
// too late and could not say who gave it.

/** Refuses what is no backend, and a backend whose `routing` or `prune` is none (`invalid_entry`). */
export function checkBackend(backend: object): void {
  const id = idAt(backend, "id");
  if (typeof at(backend, "type") !== "string") throw refuse("backend", id, "type", "a string", at(backend, "type"));
  requireFunctions("backend", id, backend, ["listModels", "languageModel"]);
  for (const name of ["embeddingModel", "pullModel", "deleteModel", "missingModelHint"]) {
    if (at(backend, name) !== undefined) requireFunctions("backend", id, backend, [name]);
  }
  const tokens = at(backend, "tokens");
  if (tokens !== undefined && typeof at(Object(tokens), "count") !== "function") {
    throw refuse("backend", id, "tokens", "an object with a function count", tokens);
  }
  const prune = at(backend, "prune");
  if (prune !== undefined && typeof prune !== "boolean") throw refuse("backend", id, "prune", "true or false", prune);
  const problem = problemWithRouting(at(backend, "routing"));
  if (problem !== undefined) {
    throw new RegistryError("invalid_entry", `the backend ${id}: ${problem}`, { noun: "backend", id });
  }
}

/** Refuses what neither `defineChain` nor `parseChain` made (`invalid_entry`). */
export function checkChainEntry(chain: object): void {
  if (isChain(chain)) return;
  const id = idAt(chain, "id");
  const message = `the chain ${id} is not checked: make it with defineChain, or take the \`chain\` of what parseChain gives back`;
  throw new RegistryError("invalid_entry", message, { noun: "chain", id });
}

/** Refuses a declared model whose context length is no number of tokens, or whose capabilities are no flags (`invalid_entry`). */
export function checkModel(model: object): void {
  const id = idAt(model, "name");
  const length = at(model, "contextLength");
  if (length !== undefined && !(typeof length === "number" && length > 0)) {
    throw refuse("model", id, "contextLength", "a number of tokens above 0", length);
  }
  const capabilities = at(model, "capabilities");
  if (capabilities === undefined) return;
  if (typeof capabilities !== "object" || capabilities === null || Array.isArray(capabilities)) {
    throw refuse("model", id, "capabilities", "an object such as { embed: true }", capabilities);
  }
  for (const [name, can] of Object.entries(capabilities)) {
    if (can !== undefined && typeof can !== "boolean") {
      throw refuse("model", id, `capabilities.${name}`, "true or false", can);
    }
  }
}

/** A misspelt one, such as `model` for `models`, would let in what was to stay outside. */
const GROUP_FIELDS: Readonly<Record<keyof AffinityGroup, true>> = {
  id: true,
  name: true,
  purpose: true,
  backends: true,
  models: true,
  overflow: true,
  policy: true,
};

/** Refuses a group that has other fields, whose backends or models are no lists, or whose other parts are no text (`invalid_entry`). */
export function checkGroup(group: object): void {
  const found = unknownName(group, Object.keys(GROUP_FIELDS));
  if (found !== undefined) {
    const id = idAt(group, "id");
    throw new RegistryError("invalid_entry", `the group ${id} has no field ${found.told}`, { noun: "group", id });
  }
  for (const name of ["name", "purpose", "overflow", "policy"]) {
    const text = at(group, name);
    if (text !== undefined && typeof text !== "string")
      throw refuse("group", idAt(group, "id"), name, "a string", text);
  }
  for (const name of ["backends", "models"]) {
    const list = at(group, name);
    if (name === "models" && list === undefined) continue;
    const isList = Array.isArray(list) && list.every((item) => typeof item === "string");
    if (!isList) throw refuse("group", idAt(group, "id"), name, "an array of strings", list);
  }
}

function requireFunctions(noun: string, id: string, value: object, names: readonly string[]): void {
  for (const name of names) {
    const found = at(value, name);
    if (typeof found !== "function") throw refuse(noun, id, name, "a function", found);
  }
}

function refuse(noun: string, id: string, field: string, expected: string, found: unknown): RegistryError {
  const message = `the ${noun} ${id} needs \`${field}\`, ${expected}; it is ${describeKind(found)}`;
  return new RegistryError("invalid_entry", message, { noun, id });
}

function idAt(value: object, field: string): string {
  return String(at(value, field));
}

function at(value: object, field: string): unknown {
  return Reflect.get(value, field);
}
