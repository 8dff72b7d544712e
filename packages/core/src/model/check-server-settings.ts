import { CatenaryError } from "../errors/catenary-error.ts";
import { unknownName } from "../value/check-option-names.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { BackendModel } from "./backend.ts";
import type { Capabilities } from "./capabilities.ts";

/** What settings of backends have in common. Whatever they are, they come from people and from files. */
export interface CheckedSettings {
  readonly id?: unknown;
  readonly type?: unknown;
  readonly name?: unknown;
  readonly apiKey?: unknown;
  readonly headers?: unknown;
  readonly fetch?: unknown;
  readonly models?: unknown;
  readonly capabilities?: unknown;
  readonly structuredOutput?: unknown;
  readonly insecurePulls?: unknown;
  readonly prune?: unknown;
}

type Rule = readonly [holds: (value: unknown) => boolean, expected: string];

const TEXT: Rule = [isText, "a text that is not empty"];
const FLAG: Rule = [(value) => typeof value === "boolean", "true or false"];

const RULES: Readonly<Partial<Record<keyof CheckedSettings, Rule>>> = {
  id: TEXT,
  type: TEXT,
  name: [(value) => typeof value === "string", "a text"],
  // An empty one counts as none: environments have such.
  apiKey: [(value) => value === "" || isText(value), "a key, and no white space"],
  headers: [
    (value) => isObject(value) && Object.values(value).every((one) => typeof one === "string"),
    'an object of texts, such as { "x-tenant": "a" }',
  ],
  fetch: [(value) => typeof value === "function", "a function"],
  structuredOutput: FLAG,
  insecurePulls: FLAG,
  prune: FLAG,
};

const MODEL_FIELDS: Readonly<Record<keyof BackendModel, true>> = {
  id: true,
  contextLength: true,
  capabilities: true,
  loaded: true,
  size: true,
  digest: true,
  modifiedAt: true,
  details: true,
};

const CAPABILITIES: Readonly<Record<keyof Capabilities, true>> = {
  chat: true,
  prompt: true,
  embed: true,
  stream: true,
  tools: true,
  structuredOutput: true,
  vision: true,
};

/**
 * For adapters: refuses what is common to their settings and of another kind than it has to be, models and what is declared about them
 * too. A capability of another name would have no effect, and calls would go where they cannot be answered.
 *
 * @param of What has the settings, for people, such as `ollama()`.
 * @throws CatenaryError `settings_invalid`
 */
export function checkServerSettings(of: string, settings: CheckedSettings): void {
  for (const [name, [holds, expected]] of Object.entries(RULES)) {
    const value: unknown = Reflect.get(settings, name);
    if (value !== undefined && !holds(value)) throw invalid(of, name, expected, value);
  }
  checkCapabilities(of, "capabilities", settings.capabilities);
  const { models } = settings;
  if (models === undefined) return;
  if (Array.isArray(models)) checkList(of, models);
  else if (isObject(models)) {
    for (const [name, model] of Object.entries(models)) checkModel(of, `models[${JSON.stringify(name)}]`, model, false);
  } else throw invalid(of, "models", "a list of names, or an object by name", models);
}

function checkList(of: string, models: readonly unknown[]): void {
  const names = new Set<unknown>();
  for (const [at, model] of models.entries()) {
    const name: unknown = isObject(model) ? Reflect.get(model, "id") : model;
    if (!isText(name)) throw invalid(of, `models[${at}]`, "a name, or an object with its id", model);
    if (isObject(model)) checkModel(of, `models[${at}]`, model, true);
    if (names.has(name)) throw refused(of, `the model ${JSON.stringify(name)} only once`, "it twice");
    names.add(name);
  }
}

function checkModel(of: string, place: string, model: unknown, hasId: boolean): void {
  if (!isObject(model)) throw invalid(of, place, "an object, such as { contextLength: 8192 }", model);
  checkNames(
    of,
    place,
    model,
    Object.keys(MODEL_FIELDS).filter((name) => hasId || name !== "id"),
  );
  const length: unknown = Reflect.get(model, "contextLength");
  if (length !== undefined && !(Number.isFinite(length) && Number(length) > 0)) {
    throw invalid(of, `${place}.contextLength`, "a number of tokens above 0", length);
  }
  checkCapabilities(of, `${place}.capabilities`, Reflect.get(model, "capabilities"));
}

function checkCapabilities(of: string, place: string, capabilities: unknown): void {
  if (capabilities === undefined) return;
  if (!isObject(capabilities)) throw invalid(of, place, "an object, such as { tools: true }", capabilities);
  checkNames(of, place, capabilities, Object.keys(CAPABILITIES));
  for (const [name, can] of Object.entries(capabilities)) {
    if (can !== undefined && typeof can !== "boolean") throw invalid(of, `${place}.${name}`, "true or false", can);
  }
}

function checkNames(of: string, place: string, given: object, known: readonly string[]): void {
  const found = unknownName(given, known);
  if (found === undefined) return;
  throw new CatenaryError("settings_invalid", `${of} knows nothing of \`${place}\` with ${found.told}`, {
    details: { setting: place },
  });
}

/** Only numbers are shown: settings are where secrets are. */
function invalid(of: string, setting: string, expected: string, value: unknown): CatenaryError {
  const got = typeof value === "number" ? String(value) : value === "" ? "an empty text" : describeKind(value);
  return refused(of, `\`${setting}\` to be ${expected}`, got, setting);
}

function refused(of: string, expected: string, got: string, setting = "models"): CatenaryError {
  return new CatenaryError("settings_invalid", `${of} expects ${expected}; got ${got}`, { details: { setting } });
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
