import { CatenaryError } from "../errors/catenary-error.ts";
import { unknownName } from "../value/check-option-names.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { ModelDefault, RuntimeDefaults } from "./runtime-defaults.ts";
import type { RuntimeOptions } from "./runtime-options.ts";

/** Every one, so that a misspelt one is told: `group` for `groups` would keep nobody apart. */
const OPTIONS: Readonly<Record<keyof RuntimeOptions, true>> = {
  backends: true,
  backendTypes: true,
  chains: true,
  hooks: true,
  handlers: true,
  policies: true,
  groups: true,
  pull: true,
  syncEveryMs: true,
  models: true,
  defaults: true,
  store: true,
  records: true,
  tokens: true,
  stepBudget: true,
  clock: true,
  random: true,
  ids: true,
  logger: true,
  logText: true,
  fetch: true,
};
const MODEL_DEFAULTS: Readonly<Record<keyof ModelDefault, true>> = { model: true, provider: true, contextLength: true };
const DEFAULTS: Readonly<Record<keyof RuntimeDefaults, true>> = {
  ...MODEL_DEFAULTS,
  chat: true,
  embedding: true,
  policy: true,
};
const LISTS = ["backends", "backendTypes", "chains", "policies", "groups", "models"];
const OBJECTS = ["hooks", "handlers", "defaults"];
const FUNCTIONS = ["random", "ids", "fetch"];
const PARTS: Readonly<Record<string, readonly string[]>> = {
  clock: ["now", "setTimer"],
  logger: ["log"],
  store: ["commit", "load", "list", "readEvents"],
  records: ["list", "get", "put", "delete", "change"],
  tokens: ["count"],
};

/**
 * Refuses options of another shape, for those who write JavaScript: what is wrong here would otherwise fail in the middle of
 * a run.
 *
 * @throws CatenaryError `settings_invalid`
 */
export function checkRuntimeOptions(options: unknown): void {
  if (typeof options !== "object" || options === null) {
    throw invalid(`expects an object of options; got ${describeKind(options)}`);
  }
  checkNames("option", options, OPTIONS);
  for (const name of LISTS) checkList(name, Reflect.get(options, name));
  for (const name of OBJECTS) {
    const value: unknown = Reflect.get(options, name);
    if (value !== undefined && (!isObject(value) || Array.isArray(value)))
      throw invalid(`expects \`${name}\` to be an object; got ${describeKind(value)}`);
  }
  for (const name of FUNCTIONS) {
    const value: unknown = Reflect.get(options, name);
    if (value !== undefined && typeof value !== "function")
      throw invalid(`expects \`${name}\` to be a function; got ${describeKind(value)}`);
  }
  for (const [name, methods] of Object.entries(PARTS)) checkMethods(name, Reflect.get(options, name), methods);
  checkEach("policies", Reflect.get(options, "policies"), "name", "choose");
  checkEach("backendTypes", Reflect.get(options, "backendTypes"), "type", "open");
  checkStepBudget(Reflect.get(options, "stepBudget"));
  checkDefaults(Reflect.get(options, "defaults"));
  const pull: unknown = Reflect.get(options, "pull");
  if (pull !== undefined && pull !== "missing" && pull !== "never") {
    const got = typeof pull === "string" ? JSON.stringify(pull) : describeKind(pull);
    throw invalid(`expects \`pull\` to be "missing" or "never"; got ${got}`);
  }
  checkSyncEveryMs(Reflect.get(options, "syncEveryMs"));
  const logText: unknown = Reflect.get(options, "logText");
  if (logText !== undefined && typeof logText !== "boolean")
    throw invalid(`expects \`logText\` to be true or false; got ${describeKind(logText)}`);
}

function checkNames(what: string, given: object, known: Readonly<Record<string, true>>): void {
  const found = unknownName(given, Object.keys(known));
  if (found !== undefined) throw invalid(`has no ${what} ${found.told}`);
}

function checkList(name: string, value: unknown): void {
  if (value === undefined || Array.isArray(value)) return;
  throw invalid(`expects \`${name}\` to be an array, also for a single one; got ${describeKind(value)}`);
}

function checkMethods(name: string, part: unknown, methods: readonly string[]): void {
  if (part === undefined) return;
  if (!isObject(part)) throw invalid(`expects \`${name}\` to be an object; got ${describeKind(part)}`);
  for (const method of methods) {
    const found: unknown = Reflect.get(part, method);
    if (typeof found !== "function")
      throw invalid(`expects \`${name}\` to have the method \`${method}\`; it is ${describeKind(found)}`);
  }
}

/** Each of a list has a name and can act. */
function checkEach(name: string, list: unknown, naming: string, acting: string): void {
  if (!Array.isArray(list)) return;
  for (const item of list) {
    const isNamed = isObject(item) && typeof Reflect.get(item, naming) === "string";
    if (isNamed && typeof Reflect.get(item, acting) === "function") continue;
    throw invalid(`expects every one of \`${name}\` to be { ${naming}, ${acting}() }; one is ${describeKind(item)}`);
  }
}

function checkStepBudget(stepBudget: unknown): void {
  if (stepBudget === undefined || (Number.isInteger(stepBudget) && Number(stepBudget) > 0)) return;
  const got = typeof stepBudget === "number" ? String(stepBudget) : describeKind(stepBudget);
  throw invalid(`expects \`stepBudget\` to be a whole number above 0; got ${got}`);
}

/** More often than this a server would do nothing else than to say what it has. */
const SOONEST_SYNC_MS = 100;

function checkSyncEveryMs(everyMs: unknown): void {
  if (everyMs === undefined || (typeof everyMs === "number" && everyMs >= SOONEST_SYNC_MS)) return;
  const got = typeof everyMs === "number" ? String(everyMs) : describeKind(everyMs);
  throw invalid(`expects \`syncEveryMs\` to be a number of milliseconds of at least ${SOONEST_SYNC_MS}; got ${got}`);
}

function checkDefaults(defaults: unknown): void {
  if (!isObject(defaults)) return;
  checkNames("option `defaults` with", defaults, DEFAULTS);
  checkModelDefault("defaults", defaults);
  const policy: unknown = Reflect.get(defaults, "policy");
  if (policy !== undefined && typeof policy !== "string")
    throw invalid(`expects \`defaults.policy\` to be the name of a policy; got ${describeKind(policy)}`);
  for (const name of ["chat", "embedding"]) {
    const given: unknown = Reflect.get(defaults, name);
    if (given === undefined) continue;
    if (!isObject(given) || Array.isArray(given))
      throw invalid(`expects \`defaults.${name}\` to be an object such as { model }; got ${describeKind(given)}`);
    checkNames(`option \`defaults.${name}\` with`, given, MODEL_DEFAULTS);
    checkModelDefault(`defaults.${name}`, given);
  }
}

function checkModelDefault(path: string, given: object): void {
  for (const name of ["model", "provider"]) {
    const value: unknown = Reflect.get(given, name);
    if (value !== undefined && typeof value !== "string")
      throw invalid(`expects \`${path}.${name}\` to be a string; got ${describeKind(value)}`);
  }
  const length: unknown = Reflect.get(given, "contextLength");
  if (length === undefined || (typeof length === "number" && length > 0)) return;
  const got = typeof length === "number" ? String(length) : describeKind(length);
  throw invalid(`expects \`${path}.contextLength\` to be a number of tokens above 0; got ${got}`);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function invalid(problem: string): CatenaryError {
  return new CatenaryError("settings_invalid", `createRuntime ${problem}`);
}
