import type { Chain } from "../chain/chain.ts";
import { isChain } from "../chain/create-chain.ts";
import { inputTypeOf } from "../chain/input-type-of.ts";
import { validateChain } from "../chain/validate-chain.ts";
import { compileChain } from "../engine/compile-chain.ts";
import type { Program } from "../engine/program.ts";
import { streamedTasks } from "../engine/streamed-tasks.ts";
import { CatenaryError } from "../errors/catenary-error.ts";
import { ChainInvalidError } from "../errors/chain-invalid-error.ts";
import { InputError } from "../errors/input-error.ts";
import { messageOf } from "../errors/message-of.ts";
import type { NamedHook } from "../hook/named-hook.ts";
import type { Registry } from "../registry/registry.ts";
import { checkOptionNames } from "../value/check-option-names.ts";
import { convertInput } from "../value/convert-input.ts";
import { copyJson } from "../value/copy-json.ts";
import { DATA_TYPES, type DataType, isDataType } from "../value/data-type.ts";
import { describeKind } from "../value/describe-kind.ts";
import { freezeValue } from "../value/freeze-value.ts";
import { suggest } from "../value/suggest.ts";
import type { TypedValue } from "../value/typed-value.ts";
import { ActiveRun } from "./active-run.ts";
import { checkCallOptions } from "./check-call-options.ts";
import { knownNames } from "./known-names.ts";
import type { RunParts } from "./run-parts.ts";

export interface RunOptions {
  /** What the input is. Default: what the chain declares, else `string`. */
  readonly inputType?: DataType;
  /** Values of the variables that the chain declares. */
  readonly variables?: Readonly<Record<string, unknown>> | undefined;
  /** Cancels the run when it aborts. */
  readonly signal?: AbortSignal | undefined;
  /** How many steps the run may take. Default: the runtime's. */
  readonly stepBudget?: number | undefined;
  /** Whether models stream also while nobody reads, so that whoever follows the run later has the text that is being written. Default false: they stream where somebody reads when the call begins. */
  readonly stream?: boolean | undefined;
}

const RUN_OPTIONS = [
  "inputType",
  "variables",
  "signal",
  "stepBudget",
  "stream",
] as const satisfies readonly (keyof RunOptions)[];

/** What starting runs needs beside the parts of a run. */
export interface RunStarter {
  readonly parts: RunParts;
  readonly chains: Registry<Chain>;
  readonly hooks: Registry<NamedHook>;
  readonly stepBudget: number;
  /** Runs under way, by id. */
  readonly active: Map<string, ActiveRun>;
  /** Chains that were checked and have no error. */
  readonly prepared: WeakMap<Chain, PreparedChain>;
}

/** What is found out about a chain once. */
export interface PreparedChain {
  /** The version of the hooks that it was checked against. */
  readonly hooksVersion: number;
  readonly program: Program;
  readonly streamed: readonly boolean[];
}

/** Checks everything that can be checked and begins the run. Throws before the first task where the chain or the input is wrong. */
export function startRun(
  starter: RunStarter,
  chainOrId: Chain | string,
  input: unknown,
  options: RunOptions,
): ActiveRun {
  const { parts, active } = starter;
  checkCallOptions(options);
  checkOptionNames(options, RUN_OPTIONS, "a run");
  const chain = typeof chainOrId === "string" ? starter.chains.require(chainOrId) : chainOrId;
  const { program, streamed } = prepare(starter, chain);
  const run = new ActiveRun({
    runId: newRunId(starter),
    program,
    parts,
    streamed,
    input: ownValue(givenInput(chain, input, options)),
    variables: convertVariables(chain, options.variables ?? {}),
    stepBudget: checkBudget(options.stepBudget ?? starter.stepBudget),
    streamsUnread: options.stream === true,
  });
  const stopFollowing = cancelWith(run, options.signal);
  active.set(run.runId, run);
  run.start(() => {
    stopFollowing?.();
    active.delete(run.runId);
  });
  return run;
}

/** Throws `settings_invalid` where the runtime's `ids` give what no run can be called, or what one under way is called already. */
function newRunId({ parts, active }: RunStarter): string {
  const runId: unknown = parts.ids();
  if (typeof runId === "string" && runId !== "" && !active.has(runId)) return runId;
  const got = typeof runId === "string" ? JSON.stringify(runId) : describeKind(runId);
  throw new CatenaryError("settings_invalid", `\`ids\` is to return a new text at each call; it returned ${got}`);
}

/** Chains do not change, and handlers and policies neither, so a chain is checked once for each set of hooks. */
function prepare({ parts, hooks, prepared }: RunStarter, chain: Chain): PreparedChain {
  if (!isChain(chain)) {
    throw new ChainInvalidError(undefined, [
      {
        severity: "error",
        code: "not_an_object",
        path: "$",
        message: "expected a chain made by defineChain or parseChain, or the id of a registered one",
      },
    ]);
  }
  const known = prepared.get(chain);
  if (known?.hooksVersion === hooks.version) return known;
  const names = knownNames(parts);
  const findings = validateChain(chain, { ...names, models: undefined });
  const errors = findings.filter((finding) => finding.severity === "error");
  if (errors.length > 0) throw new ChainInvalidError(chain.id, errors);
  const program = compileChain(chain);
  const streamed = streamedTasks(program, (handler) => names.handlers.get(handler));
  const fresh = { hooksVersion: hooks.version, program, streamed };
  prepared.set(chain, fresh);
  return fresh;
}

function givenInput(chain: Chain, input: unknown, options: RunOptions): TypedValue {
  const type = wantedType(chain, options);
  if (typeof chain.input !== "object" || options.inputType !== undefined) return convertInput(input, type);
  try {
    return convertInput(input, type);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    // It goes in as it came: the first task fails with it, and what the chain says about failures holds.
    return convertInput(input, "json");
  }
}

/** The caller may change what it gave, and the run may not change with it. */
function ownValue({ type, value }: TypedValue): TypedValue {
  return freezeValue({ type, value: copyJson(value) });
}

function wantedType(chain: Chain, { inputType }: RunOptions): DataType {
  if (inputType === undefined) return inputTypeOf(chain) ?? "string";
  if (isDataType(inputType)) return inputType;
  const meant = suggest(String(inputType), DATA_TYPES);
  throw new InputError(
    `there is no data type ${typeof inputType === "string" ? JSON.stringify(inputType) : describeKind(inputType)}; there are: ${DATA_TYPES.join(", ")}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
  );
}

function convertVariables(
  chain: Chain,
  given: Readonly<Record<string, unknown>>,
): Readonly<Record<string, TypedValue>> {
  const declared = chain.variables ?? {};
  for (const name of Object.keys(given)) {
    if (Object.hasOwn(declared, name)) continue;
    const meant = suggest(name, Object.keys(declared));
    throw new InputError(
      `chain ${chain.id} declares no variable ${JSON.stringify(name)}${meant === undefined ? ": add it to the chain's variables" : `. Did you mean ${meant}?`}`,
      { variable: name },
    );
  }
  return Object.fromEntries(
    Object.entries(declared).map(([name, type]) => {
      if (!Object.hasOwn(given, name)) {
        throw new InputError(
          `chain ${chain.id} needs the variable ${JSON.stringify(name)}: give it with run(chain, input, { variables: { ${name}: … } })`,
          { variable: name },
        );
      }
      return [name, ownValue(convertVariable(name, given[name], type))];
    }),
  );
}

function convertVariable(name: string, value: unknown, type: DataType): TypedValue {
  try {
    return convertInput(value, type);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(`the variable ${JSON.stringify(name)} is no ${type}: ${error.message}`, {
      ...error.details,
      variable: name,
    });
  }
}

function checkBudget(stepBudget: number): number {
  if (Number.isInteger(stepBudget) && stepBudget > 0) return stepBudget;
  throw new InputError(
    `stepBudget is the number of steps that a run may take, a whole number above 0; got ${String(stepBudget)}`,
  );
}

/** Returns what stops listening to the signal. */
function cancelWith(run: ActiveRun, signal: AbortSignal | undefined): (() => void) | undefined {
  if (signal === undefined) return undefined;
  const cancel = () => run.cancel(messageOf(signal.reason));
  if (signal.aborted) {
    cancel();
    return undefined;
  }
  signal.addEventListener("abort", cancel, { once: true });
  return () => signal.removeEventListener("abort", cancel);
}
