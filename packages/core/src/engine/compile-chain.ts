import { templateTexts } from "../chain/analysis/template-texts.ts";
import { type ChainDefinition, END, type ExecuteConfig, type TaskDefinition } from "../chain/chain.ts";
import { comparerOf } from "../chain/compare-outcome.ts";
import { parseDuration } from "../chain/parse-duration.ts";
import { CatenaryError } from "../errors/catenary-error.ts";
import { ChainInvalidError } from "../errors/chain-invalid-error.ts";
import { parseTemplate } from "../template/parse-template.ts";
import type { Template } from "../template/template.ts";
import { type CompiledRetry, type CompiledTask, FINISH, type Program, type Target } from "./program.ts";
import { DEFAULT_TRIES, triesOf } from "./tries-of.ts";

const programs = new WeakMap<object, Program>();

/** Makes a chain ready to run. Computed once for each chain. Throws a `ChainInvalidError` for what is no chain. */
export function compileChain(chain: ChainDefinition & { readonly hash: string }): Program {
  if (!Array.isArray(chain?.tasks)) throw noChain();
  let program = programs.get(chain);
  if (program === undefined) {
    program = build(chain);
    programs.set(chain, program);
  }
  return program;
}

function noChain(): ChainInvalidError {
  const message = "expected a chain made by defineChain or parseChain";
  return new ChainInvalidError(undefined, [{ severity: "error", code: "not_an_object", path: "$", message }]);
}

function build(chain: ChainDefinition & { readonly hash: string }): Program {
  const places = new Map<string, number>();
  for (const [place, task] of chain.tasks.entries()) if (!places.has(task.id)) places.set(task.id, place);
  const slots = slotsOf(chain);
  const tasks = chain.tasks.map((task) => compileTask(chain, task, places, slots));
  return {
    chain,
    tasks,
    slots,
    inputSlot: slotOf(slots, "input"),
    previousSlot: slotOf(slots, "previous_output"),
    errorSlot: places.has("error") ? undefined : slotOf(slots, "error"),
    failedTaskSlot: places.has("failed_task") ? undefined : slotOf(slots, "failed_task"),
  };
}

/** Every name that a variable of this chain can have, each with its number. */
function slotsOf(chain: ChainDefinition): Map<string, number> {
  const names = new Set(["input", "previous_output", "error", "failed_task", ...Object.keys(chain.variables ?? {})]);
  for (const task of chain.tasks) {
    names.add(task.id);
    if (task.compose !== undefined) names.add(`${task.id}_composed`);
  }
  return new Map([...names].map((name, slot) => [name, slot]));
}

function slotOf(slots: ReadonlyMap<string, number>, name: string): number {
  const slot = slots.get(name);
  if (slot === undefined) throw new CatenaryError("engine_defect", `no slot was made for the variable ${name}`);
  return slot;
}

function compileTask(
  chain: ChainDefinition,
  task: TaskDefinition,
  places: ReadonlyMap<string, number>,
  slots: ReadonlyMap<string, number>,
): CompiledTask {
  const { transition, compose } = task;
  const fallback = transition.branches.find((branch) => branch.operator === "default");
  const retry = compileRetry(task);
  const executeConfig = mergeExecuteConfig(chain.executeConfig, task.executeConfig);
  return {
    definition: task,
    executeConfig,
    prompt: compileTemplate(task.promptTemplate),
    system: compileTemplate(task.systemInstruction),
    print: compileTemplate(task.print),
    templates: compileTemplates(task),
    compose: compose && {
      slot: slots.get(compose.withVar),
      name: compose.withVar,
      strategy: compose.strategy,
      into: slotOf(slots, `${task.id}_composed`),
    },
    inputVar: task.inputVar ? { name: task.inputVar, slot: slots.get(task.inputVar) } : undefined,
    slot: slotOf(slots, task.id),
    branches: transition.branches
      .filter((branch) => branch.operator !== "default")
      .map((branch) => ({ matches: comparerOf(branch), target: targetOf(branch.goto, places) })),
    fallback: fallback && targetOf(fallback.goto, places),
    onFailure: transition.onFailure ? targetOf(transition.onFailure, places) : undefined,
    retry,
    tries: triesOf(executeConfig.routing, neededTries(retry, task)),
    timeoutMs: (task.timeout && parseDuration(task.timeout)) || undefined,
  };
}

/** Model calls that a step may need where its routing does not say: enough for each of its attempts. */
function neededTries({ max }: CompiledRetry, { handler, output }: TaskDefinition): number {
  return handler === "raw_string" && output !== undefined ? RUNGS * (max + 1) : Math.max(DEFAULT_TRIES, max + 1);
}

/** The calls that one attempt at an answer of a shape may need: one for each way to ask for it. */
const RUNGS = 4;

function targetOf(goto: string, places: ReadonlyMap<string, number>): Target {
  if (goto === "" || goto === END) return FINISH;
  const place = places.get(goto);
  // A reachable dangling target is an error finding, so this is an unreachable task's: it is never followed.
  return place ?? FINISH;
}

/** An empty template is no template. One that cannot be read fails when it is rendered: only unreachable tasks may have one. */
function compileTemplate(source: string | undefined): Template | undefined {
  if (source === undefined || source === "") return undefined;
  try {
    return parseTemplate(source);
  } catch (error) {
    const fail = () => {
      throw error;
    };
    return { source, reads: [], paths: [], render: fail, renderValue: fail };
  }
}

function compileTemplates(task: TaskDefinition): ReadonlyMap<string, Template> {
  const { hook, outputTemplate } = task;
  const templates = new Map<string, Template>();
  if (hook === undefined && outputTemplate === undefined) return templates;
  for (const { source } of templateTexts(task, "$")) {
    const template = source.includes("{{") ? compileTemplate(source) : undefined;
    if (template !== undefined) templates.set(source, template);
  }
  return templates;
}

const DEFAULT_BACKOFF_MS = 500;

function compileRetry(task: TaskDefinition): CompiledRetry {
  const atOnce = Math.max(0, task.retryOnFailure ?? 0);
  const { retry } = task;
  if (retry === undefined) return { max: atOnce, backoffMs: 0, jitter: false, on: undefined };
  return {
    max: Math.max(atOnce, retry.max),
    backoffMs: retry.backoff === undefined ? DEFAULT_BACKOFF_MS : (parseDuration(retry.backoff) ?? DEFAULT_BACKOFF_MS),
    jitter: retry.jitter ?? true,
    on: retry.on && new Set(retry.on),
  };
}

/** Field by field, the task's own first. The models are one field, and so are the providers: a task that names one does not want the chain's others. */
function mergeExecuteConfig(chain: ExecuteConfig | undefined, task: ExecuteConfig | undefined): ExecuteConfig {
  if (chain === undefined) return task ?? {};
  if (task === undefined) return chain;
  const merged: Record<string, unknown> = { ...chain, ...task };
  if (task.model || task.models?.length) Object.assign(merged, { model: task.model, models: task.models });
  if (task.provider || task.providers?.length)
    Object.assign(merged, { provider: task.provider, providers: task.providers });
  for (const [name, value] of Object.entries(merged)) if (value === undefined) delete merged[name];
  return merged;
}
