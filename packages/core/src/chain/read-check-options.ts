import { InputError } from "../errors/input-error.ts";
import { checkOptionNames } from "../value/check-option-names.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { CheckOptions } from "./analysis/chain-facts.ts";
import type { HandlerSpec } from "./handler-spec.ts";
import { FIELDS } from "./wire/fields.ts";

/** What is known beyond the chain itself. What is not given is not known, and not checked or only warned about. */
export interface ValidateOptions {
  /**
   * Every custom kind of task: by name with what it is, or only their names; then what they take and give is not checked. The built-in ones
   * are always known.
   */
  readonly handlers?: ReadonlyMap<string, HandlerSpec> | Iterable<string> | undefined;
  /** The names of the hooks that are registered. */
  readonly hooks?: Iterable<string> | undefined;
  /** The names of the routing policies. */
  readonly policies?: Iterable<string> | undefined;
  /** The ids and names of the affinity groups. */
  readonly groups?: Iterable<string> | undefined;
  /** What the affinity groups are for. */
  readonly purposes?: Iterable<string> | undefined;
  /** The names of the models that the backends serve. */
  readonly models?: Iterable<string> | undefined;
  /** A runtime, for everything that is not given here: what it has is what a chain can name. */
  readonly runtime?: KnowsNames | undefined;
}

/** What a check asks of a runtime. */
export interface KnowsNames {
  knownNames(): Omit<ValidateOptions, "runtime">;
}

const NAMES = [
  "runtime",
  "handlers",
  "hooks",
  "policies",
  "groups",
  "purposes",
  "models",
] as const satisfies readonly (keyof ValidateOptions)[];

/** The same for the checks. Throws an `InputError` for what has another shape or another name, as programs in JavaScript may give it. */
export function readCheckOptions(options: ValidateOptions): CheckOptions {
  if (typeof options !== "object" || options === null) {
    throw new InputError(
      `expected the options to be an object with \`runtime\`, \`handlers\`, \`hooks\`, \`policies\` or \`models\`, got ${describeKind(options)}`,
    );
  }
  checkOptionNames(options, NAMES, "validateChain");
  const { runtime, ...given } = options;
  if (runtime !== undefined && typeof runtime?.knownNames !== "function") {
    throw new InputError(`expected \`runtime\` to be made by createRuntime, got ${describeKind(runtime)}`);
  }
  const known = { ...runtime?.knownNames(), ...given };
  return {
    handlers: handlersOf(known.handlers),
    hooks: namesOf("hooks", known.hooks),
    policies: namesOf("policies", known.policies),
    groups: namesOf("groups", known.groups),
    purposes: namesOf("purposes", known.purposes),
    models: namesOf("models", known.models),
  };
}

function handlersOf(given: ValidateOptions["handlers"]): ReadonlyMap<string, HandlerSpec> | undefined {
  if (given instanceof Map) return given;
  // Safe: a Map is told apart by its class, and what else gives names is looked at.
  const names = namesOf("handlers", given as Iterable<string> | undefined, " or a Map of specifications by name");
  return names && new Map([...names].map((name) => [name, { name, ...ANYTHING }]));
}

/** A kind of task of which nothing but the name is known. */
const ANYTHING = {
  fields: FIELDS.task.map(({ name }) => name),
  required: [],
  output: "any",
} as const satisfies Omit<HandlerSpec, "name">;

function namesOf(what: string, given: Iterable<string> | undefined, more = ""): ReadonlySet<string> | undefined {
  if (given === undefined) return undefined;
  const isList = typeof given === "object" && given !== null && Symbol.iterator in given;
  const names = isList ? [...given] : undefined;
  if (names?.every((name) => typeof name === "string")) return new Set(names);
  throw new InputError(
    `expected \`${what}\` to be a set or a list of names${more}, got ${isList ? "one that holds something else" : describeKind(given)}`,
  );
}
