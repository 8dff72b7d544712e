import { DATA_TYPES } from "../../value/data-type.ts";
import { COMPOSE_STRATEGIES, OPERATORS } from "../chain.ts";
import type { Field, ShapeName } from "./field.ts";
import { EXECUTE_CONFIG_FIELDS, RETRY_FIELDS, ROUTING_FIELDS } from "./model-call-fields.ts";

const CHAIN_FIELDS = [
  { name: "id", value: { is: "text" }, required: true, written: "always", doc: "The name of the chain." },
  {
    name: "debug",
    value: { is: "boolean" },
    written: "always",
    emptyIsAbsent: true,
    doc: "Whether step records carry inputs and outputs. Default false.",
  },
  { name: "description", value: { is: "text" }, written: "always", doc: "What the chain is for, in free text." },
  {
    name: "tasks",
    value: { is: "shapes", shape: "task" },
    required: true,
    written: "always",
    doc: "The tasks. The first is the start; the order of the others means nothing.",
  },
  {
    name: "tokenLimit",
    value: { is: "integer" },
    written: "always",
    emptyIsAbsent: true,
    doc: "The largest number of input tokens that `model_execution` sends. 0: no limit.",
  },
  {
    name: "executeConfig",
    value: { is: "shape", shape: "executeConfig" },
    doc: "Which model the tasks call, and how: the default of all tasks, field by field.",
  },
  {
    name: "input",
    value: { is: "text", oneOf: DATA_TYPES, anyCase: true, schemaToo: true },
    doc: "The type of the input where the caller does not say another, or a JSON Schema that the input must satisfy. Default `string`.",
  },
  { name: "output", value: { is: "schema" }, doc: "A JSON Schema that what the chain produces must satisfy." },
  {
    name: "variables",
    value: { is: "map", of: "dataType" },
    emptyIsAbsent: true,
    doc: "Further variables that the caller gives, each with its type.",
  },
] as const satisfies readonly Field[];

const TASK_FIELDS = [
  {
    name: "id",
    value: { is: "text" },
    required: true,
    written: "always",
    doc: "The name of the task and of the variable that holds its output. Not empty, not `end`.",
  },
  { name: "description", value: { is: "text" }, written: "always", doc: "What the task is for, in free text." },
  {
    name: "handler",
    value: { is: "text" },
    required: true,
    written: "always",
    doc: "What kind of task it is: a built-in name, or that of a custom handler.",
  },
  {
    name: "systemInstruction",
    value: { is: "text", syntax: "template" },
    doc: "A template for the system message of the model call.",
  },
  {
    name: "validConditions",
    value: { is: "map", of: "boolean" },
    emptyIsAbsent: true,
    doc: "The words that a `condition_key` accepts, each with its boolean.",
  },
  {
    name: "executeConfig",
    value: { is: "shape", shape: "executeConfig" },
    doc: "Which model the task calls, and how.",
  },
  { name: "hook", value: { is: "shape", shape: "hook" }, doc: "Which hook the task calls, and with what." },
  {
    name: "print",
    value: { is: "text", syntax: "template" },
    doc: "A template, rendered after the task succeeded and sent to listeners.",
  },
  {
    name: "promptTemplate",
    value: { is: "text", syntax: "template" },
    written: "always",
    doc: "A template that, rendered, replaces the task's input.",
  },
  { name: "outputTemplate", value: { is: "text", syntax: "template" }, doc: "A template over a hook's output." },
  { name: "output", value: { is: "schema" }, doc: "A JSON Schema that what the task produces must satisfy." },
  {
    name: "inputVar",
    value: { is: "text" },
    doc: "The variable that is the task's input. Absent: the output of the task before.",
  },
  {
    name: "compose",
    value: { is: "shape", shape: "compose" },
    doc: "Combines the output with a variable before it is stored.",
  },
  {
    name: "transition",
    value: { is: "shape", shape: "transition" },
    required: true,
    written: "always",
    doc: "What follows the task.",
  },
  {
    name: "timeout",
    value: { is: "text", syntax: "duration" },
    doc: "How long one attempt may take, such as `30s` or `1m30s`. `0`: no limit.",
  },
  {
    name: "retryOnFailure",
    value: { is: "integer" },
    emptyIsAbsent: true,
    doc: "Further attempts after a failed one, at once.",
  },
  {
    name: "retry",
    value: { is: "shape", shape: "retry" },
    doc: "Further attempts after a failed one, with a pause in between.",
  },
  {
    name: "stream",
    value: { is: "boolean" },
    doc: "Whether the task's text is part of the run's text stream although the task is not the last.",
  },
  {
    name: "restart",
    value: { is: "boolean" },
    doc: "Whether an attempt that failed after a part of its text was delivered is made again.",
  },
] as const satisfies readonly Field[];

const HOOK_FIELDS = [
  {
    name: "name",
    value: { is: "text" },
    required: true,
    written: "always",
    doc: "The name under which the hook is registered.",
  },
  {
    name: "args",
    value: { is: "map", of: "json" },
    written: "always",
    doc: "What the hook is called with. Strings in it, at any depth, are templates.",
  },
] as const satisfies readonly Field[];

const COMPOSE_FIELDS = [
  {
    name: "withVar",
    value: { is: "text" },
    required: true,
    doc: "The variable that the output is combined with.",
  },
  {
    name: "strategy",
    value: { is: "text", oneOf: COMPOSE_STRATEGIES },
    doc: "How the two are combined. Absent: chosen from the two values.",
  },
] as const satisfies readonly Field[];

const TRANSITION_FIELDS = [
  {
    name: "onFailure",
    value: { is: "text" },
    written: "always",
    doc: "Where to go when the task failed for good: a task's id, or `end`. Empty: the run fails.",
  },
  {
    name: "branches",
    value: { is: "shapes", shape: "branch" },
    required: true,
    written: "always",
    doc: "The ways out. The first that matches is taken, then the first `default`. None: the run ends.",
  },
] as const satisfies readonly Field[];

const BRANCH_FIELDS = [
  {
    name: "operator",
    value: { is: "text", oneOf: OPERATORS },
    required: true,
    written: "always",
    doc: "How the outcome is compared with `when`.",
  },
  {
    name: "when",
    value: { is: "text", numbersToo: true },
    required: true,
    written: "always",
    doc: "What the outcome is compared with; text, also for numbers.",
  },
  {
    name: "goto",
    value: { is: "text" },
    required: true,
    written: "always",
    doc: "A task's id, or `end`. Empty: `end`.",
  },
] as const satisfies readonly Field[];

/** Every field of a chain, in the order in which they are written. */
export const FIELDS = {
  chain: CHAIN_FIELDS,
  task: TASK_FIELDS,
  executeConfig: EXECUTE_CONFIG_FIELDS,
  routing: ROUTING_FIELDS,
  hook: HOOK_FIELDS,
  compose: COMPOSE_FIELDS,
  transition: TRANSITION_FIELDS,
  branch: BRANCH_FIELDS,
  retry: RETRY_FIELDS,
} as const satisfies Record<ShapeName, readonly Field[]>;
