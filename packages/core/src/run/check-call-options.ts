import { parseDuration } from "../chain/parse-duration.ts";
import { InputError } from "../errors/input-error.ts";
import { checkOptionNames } from "../value/check-option-names.ts";
import { describeKind } from "../value/describe-kind.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
/** A name that is empty would mean any model, hosted ones and those that cost money too. */
const isName: Check = (value) => isText(value) && String(value).trim() !== "";
const isNames: Check = (value) => Array.isArray(value) && value.length > 0 && value.every(isName);
const NAME = "a text that is not empty; leave it out where any will do";
const NAMES = "an array of at least one name, none of them empty; leave it out where any will do";
const isNumber: Check = (value) => Number.isFinite(value);
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
// Not by its class: there are AbortSignals of other realms.
const isSignal: Check = (value) =>
  typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value;

/** What every call of the runtime can be told. */
export const CALL_OPTIONS = [
  "signal",
  "model",
  "models",
  "provider",
  "providers",
  "temperature",
  "maxTokens",
  "topP",
  "stop",
  "seed",
  "presencePenalty",
  "frequencyPenalty",
  "routing",
  "onRouted",
] as const;

const FIELDS: Readonly<Record<string, readonly [Check, string]>> = {
  signal: [isSignal, "an AbortSignal"],
  model: [isName, NAME],
  models: [isNames, NAMES],
  provider: [isName, NAME],
  providers: [isNames, NAMES],
  system: [isText, "a text"],
  stop: [isTexts, "an array of texts"],
  temperature: [isNumber, "a number"],
  maxTokens: [(value) => isNumber(value) && Number(value) >= 1, "a number of at least 1"],
  topP: [isNumber, "a number"],
  seed: [isNumber, "a number"],
  presencePenalty: [isNumber, "a number"],
  frequencyPenalty: [isNumber, "a number"],
  onRouted: [(value) => typeof value === "function", "a function"],
  routing: [isObject, 'an object, such as { policy: "ordered", attempts: 2 }'],
};

const CHECKS = Object.entries(FIELDS);

/**
 * Refuses options of a run, a prompt, a conversation or an embedding that are of another type, for those who write JavaScript.
 *
 * @throws InputError
 */
export function checkCallOptions(options: unknown): void {
  if (typeof options !== "object" || options === null)
    throw new InputError(`the options of a call are an object; got ${describeKind(options)}`);
  for (const [name, [check, expected]] of CHECKS) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined || check(value)) continue;
    throw new InputError(`the option ${name} is to be ${expected}; got ${shown(value)}`, { option: name });
  }
  const routing: unknown = Reflect.get(options, "routing");
  if (isObject(routing)) checkRouting(routing);
}

const ROUTING_FIELDS: Readonly<Record<string, readonly [Check, string]>> = {
  policy: [isName, "the name of a policy"],
  group: [isName, "the id or the name of a group"],
  purpose: [isName, "the purpose of groups"],
  session: [isText, "a text"],
  sticky: [(value) => typeof value === "boolean", "true or false"],
  deadline: [(value) => isText(value) && (parseDuration(String(value)) ?? -1) >= 0, 'a duration, such as "90s"'],
  attempts: [
    (value) => Number.isInteger(value) && Number(value) > 0,
    "the number of candidates that may be tried, a whole number above 0",
  ],
};

const ROUTING_CHECKS = Object.entries(ROUTING_FIELDS);
const ROUTING_NAMES = Object.keys(ROUTING_FIELDS);

/**
 * A chain with a wrong value is warned of; a call is refused, because nobody checks it before. A misspelt `group` would let it go
 * anywhere.
 */
export function checkRouting(routing: object, prefix = "routing."): void {
  if (prefix !== "") checkOptionNames(routing, ROUTING_NAMES, "routing");
  if (isText(Reflect.get(routing, "group")) && isText(Reflect.get(routing, "purpose"))) {
    const option = prefix === "" ? "purpose" : "routing";
    throw new InputError(`${prefix}group and ${prefix}purpose exclude each other: name the group, or what it is for`, {
      option,
    });
  }
  for (const [name, [check, expected]] of ROUTING_CHECKS) {
    const value: unknown = Reflect.get(routing, name);
    if (value === undefined || check(value)) continue;
    throw new InputError(`${prefix}${name} is ${expected}; got ${shown(value)}`, {
      option: prefix === "" ? name : "routing",
    });
  }
}

function shown(value: unknown): string {
  if (Array.isArray(value) && value.length === 0) return "an empty one";
  return isText(value) || typeof value === "number" ? JSON.stringify(value) : describeKind(value);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
