import { InputError } from "../errors/input-error.ts";
import { describeKind } from "../value/describe-kind.ts";

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => Number.isFinite(value);
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
// Not by its class: there are AbortSignals of other realms.
const isSignal: Check = (value) =>
  typeof value === "object" && value !== null && "aborted" in value && "addEventListener" in value;

const isRouting: Check = (value) => {
  if (typeof value !== "object" || value === null) return false;
  const policy: unknown = Reflect.get(value, "policy");
  return policy === undefined || isText(policy);
};

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
  routing: [isRouting, "an object of a policy's name and a number of attempts"],
};

/**
 * Refuses options of a run, a prompt, a conversation or an embedding that are of another type, for those who write JavaScript.
 *
 * @throws InputError
 */
export function checkCallOptions(options: unknown): void {
  if (typeof options !== "object" || options === null)
    throw new InputError(`the options of a call are an object; got ${describeKind(options)}`);
  for (const [name, [check, expected]] of Object.entries(FIELDS)) {
    const value: unknown = Reflect.get(options, name);
    if (value === undefined || check(value)) continue;
    throw new InputError(`the option ${name} is to be ${expected}; got ${describeKind(value)}`, { option: name });
  }
  checkAttempts(Reflect.get(options, "routing"));
}

/** A chain with such a number is warned of; a call is refused, because nobody checks it before. */
function checkAttempts(routing: unknown): void {
  const attempts: unknown = isObject(routing) ? Reflect.get(routing, "attempts") : undefined;
  if (attempts === undefined || (Number.isInteger(attempts) && Number(attempts) > 0)) return;
  throw new InputError(
    `routing.attempts is the number of candidates that may be tried, a whole number above 0; got ${typeof attempts === "number" ? attempts : describeKind(attempts)}`,
    { option: "routing" },
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
