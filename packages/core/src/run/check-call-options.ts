import { parseDuration } from "../chain/parse-duration.ts";
import { InputError } from "../errors/input-error.ts";
import { checkOptionNames } from "../value/check-option-names.ts";
import { describeKind } from "../value/describe-kind.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
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
] as const;

const FIELDS: Readonly<Record<string, readonly [Check, string]>> = {
  signal: [isSignal, "an AbortSignal"],
  model: [isText, "a text"],
  models: [isTexts, "an array of texts"],
  provider: [isText, "a text"],
  providers: [isTexts, "an array of texts"],
  system: [isText, "a text"],
  stop: [isTexts, "an array of texts"],
  temperature: [isNumber, "a number"],
  maxTokens: [isNumber, "a number"],
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
    throw new InputError(`the option ${name} is to be ${expected}; got ${describeKind(value)}`, { option: name });
  }
  const routing: unknown = Reflect.get(options, "routing");
  if (isObject(routing)) checkRouting(routing);
}

const ROUTING_FIELDS: Readonly<Record<string, readonly [Check, string]>> = {
  policy: [isText, "the name of a policy"],
  group: [isText, "the id or the name of an affinity group"],
  purpose: [isText, "the purpose of affinity groups"],
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
    const got = isText(value) || typeof value === "number" ? JSON.stringify(value) : describeKind(value);
    throw new InputError(`${prefix}${name} is ${expected}; got ${got}`, { option: prefix === "" ? name : "routing" });
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
