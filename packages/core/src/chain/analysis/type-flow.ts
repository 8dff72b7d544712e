import type { DataType } from "../../value/data-type.ts";
import type { JsonObject } from "../../value/json.ts";
import type { ChainDefinition, TaskDefinition } from "../chain.ts";
import { inputTypeOf } from "../input-type-of.ts";
import { memberPath } from "../json-path.ts";
import type { ChainFacts, TaskFacts } from "./chain-facts.ts";
import { isBuiltIn } from "./known-outcomes.ts";

/** What a value can be: a data type, or `object` or `array` for `json` that certainly is one. `any` is what is not known. */
export type ValueKind = DataType | "object" | "array";

/** What can come to a task, over all paths. */
export interface TaskKinds {
  /** Before its template. */
  readonly given: Set<ValueKind>;
  /** After it: what the handler works on. */
  readonly input: Set<ValueKind>;
  /** After `compose`. */
  readonly output: Set<ValueKind>;
}

/** Follows the kinds of values along every path of a chain, until nothing new comes. Only tasks that a run comes to have any. */
export function typeFlow(facts: ChainFacts): ReadonlyMap<TaskDefinition, TaskKinds> {
  const flow: Flow = {
    facts,
    // Where some way is not known, anything may come on it.
    come: new Map(facts.tasks.map(({ task }) => [task, new Set(facts.misread.hidesWays ? ["any"] : [])])),
    kinds: new Map(facts.tasks.map(({ task }) => [task, { given: new Set(), input: new Set(), output: new Set() }])),
    readers: Map.groupBy(facts.tasks, ({ task }) => task.inputVar ?? ""),
    places: new Map(facts.tasks.map((task) => [task.task, task])),
  };
  const [start] = facts.definition.tasks;
  if (start !== undefined) flow.come.get(start)?.add(givenKind(facts.definition));
  const waiting = new Set(facts.tasks.filter(({ reachable }) => reachable));
  // A set comes to what is added to it, also again, while it is gone through.
  for (const task of waiting) {
    waiting.delete(task);
    for (const next of pass(flow, task)) waiting.add(next);
  }
  return flow.kinds;
}

interface Flow {
  readonly facts: ChainFacts;
  /** What the tasks before a task lead to it. */
  readonly come: ReadonlyMap<TaskDefinition, Set<ValueKind>>;
  readonly kinds: ReadonlyMap<TaskDefinition, TaskKinds>;
  /** The tasks by the variable that is their input. */
  readonly readers: ReadonlyMap<string, readonly TaskFacts[]>;
  readonly places: ReadonlyMap<TaskDefinition, TaskFacts>;
}

/** Takes what is known of a task's input through the task, on to those that follow it. Returns the tasks to which something new came. */
function pass({ facts, come, kinds, readers, places }: Flow, place: TaskFacts): readonly TaskFacts[] {
  const { task, branches } = place;
  const own = kinds.get(task);
  if (own === undefined) return [];
  addAll(own.given, givenTo(facts, place, kinds) ?? come.get(task) ?? []);
  addAll(
    own.input,
    isMisread(facts, place, "prompt_template") ? ["any"] : task.promptTemplate ? ["string"] : own.given,
  );
  const isNew = addAll(own.output, isMisread(facts, place, ...MAKERS) ? ["any"] : madeBy(place, own.input));
  const follow = (targets: readonly string[], values: readonly ValueKind[]) =>
    targets.flatMap((target) => {
      const next = facts.byId.get(target);
      const followed = next && places.get(next);
      return followed !== undefined && addAll(come.get(followed.task), values) ? [followed] : [];
    });
  return [
    ...follow(branches.leads.onSuccess, [...own.output]),
    // The recovery is given what the failed task was, before its template where that failed.
    ...follow(branches.leads.onFailure, [...own.given, ...own.input]),
    ...(isNew ? [...(readers.get(task.id) ?? []), ...(readers.get(`${task.id}${COMPOSED}`) ?? [])] : []),
  ].filter(({ reachable }) => reachable);
}

/** What decides about the output of a task. */
const MAKERS = ["handler", "output", "output_template", "compose"] as const;

/** Undefined where it is what the tasks before lead to it. */
function givenTo(
  facts: ChainFacts,
  place: TaskFacts,
  kinds: ReadonlyMap<TaskDefinition, TaskKinds>,
): readonly ValueKind[] | undefined {
  if (isMisread(facts, place, "input_var")) return ["any"];
  const { inputVar } = place.task;
  return inputVar ? kindsOfVariable(facts, inputVar, kinds) : undefined;
}

function isMisread({ misread }: ChainFacts, { path }: TaskFacts, ...fields: readonly string[]): boolean {
  return fields.some((field) => misread.touches(`${path}.${field}`));
}

function madeBy(place: TaskFacts, input: ReadonlySet<ValueKind>): readonly ValueKind[] {
  const produced = outputsOf(place, input);
  return place.task.compose ? composed(place.task, produced) : produced;
}

/** The caller may give any type where the chain says none. */
function givenKind(definition: ChainDefinition): ValueKind {
  const { input } = definition;
  return (typeof input === "object" ? partKind(input) : undefined) ?? inputTypeOf(definition) ?? "any";
}

function outputsOf(
  { task, spec }: Pick<TaskFacts, "task" | "spec">,
  input: ReadonlySet<ValueKind>,
): readonly ValueKind[] {
  if (input.size === 0 || spec?.output === "none") return [];
  if (spec === undefined) return ["any"];
  if (spec.output === "input") return [...input];
  if (!isBuiltIn(spec)) return [spec.output];
  if (spec.name === "parse_key_value") return ["object"];
  if (spec.name === "raw_string" && task.output !== undefined) return [partKind(task.output) ?? "json"];
  return spec.name === "hook" && task.outputTemplate ? ["string"] : [spec.output];
}

/** What has parts, where a schema says that it has. */
function partKind({ type }: JsonObject): "object" | "array" | undefined {
  return type === "object" || type === "array" ? type : undefined;
}

function composed({ compose }: TaskDefinition, produced: readonly ValueKind[]): readonly ValueKind[] {
  if (produced.length === 0) return [];
  switch (compose?.strategy) {
    case "merge_chat_histories":
    case "append_string_to_chat_history":
      return ["chat_history"];
    case "override":
      return ["object"];
    default:
      // A text and a conversation only combine to conversations; what `json` holds is not known.
      return produced.every((kind) => kind === "string" || kind === "chat_history") ? ["chat_history"] : ["any"];
  }
}

/** What a variable can hold. `any` where it may be set in ways that are not looked at. */
function kindsOfVariable(
  { definition, byId, misread }: ChainFacts,
  name: string,
  kinds: ReadonlyMap<TaskDefinition, TaskKinds>,
): readonly ValueKind[] {
  const task = byId.get(name);
  const set = task === undefined ? [] : [...(kinds.get(task)?.output ?? [])];
  if (name === "previous_output" || misread.hides(memberPath("$.variables", name))) return ["any"];
  if (name === "input") return [givenKind(definition), ...set];
  const variables = definition.variables ?? {};
  const declared = Object.hasOwn(variables, name) ? variables[name] : undefined;
  if (declared !== undefined) return [declared, ...set];
  if (task !== undefined) return set;
  if (name === "error" || name === "failed_task") return ["string"];
  const composing = name.endsWith(COMPOSED) ? byId.get(name.slice(0, -COMPOSED.length)) : undefined;
  return composing?.compose === undefined ? ["any"] : [...(kinds.get(composing)?.output ?? [])];
}

const COMPOSED = "_composed";

/** Whether anything was new. */
function addAll(set: Set<ValueKind> | undefined, values: Iterable<ValueKind>): boolean {
  const before = set?.size;
  for (const value of values) set?.add(value);
  return set?.size !== before;
}
