import type { DataType } from "../value/data-type.ts";
import type { TaskDefinition } from "./chain.ts";

/** Fields that every kind of task takes. */
export const COMMON_FIELDS = [
  "id",
  "description",
  "handler",
  "print",
  "promptTemplate",
  "inputVar",
  "compose",
  "transition",
  "timeout",
  "retryOnFailure",
  "retry",
] as const satisfies readonly (keyof TaskDefinition)[];

/** What a kind of task is, as data: enough to check a chain without running it. */
export interface HandlerSpec {
  /** The name in a chain's `handler`. */
  readonly name: string;
  /** The fields it takes beyond the common ones. A custom handler also takes any unknown field. */
  readonly fields: readonly (keyof TaskDefinition)[];
  /** Those of its fields without which it cannot run. */
  readonly required: readonly (keyof TaskDefinition)[];
  /** Which kind of model it calls, if any. */
  readonly calls?: "prompt" | "chat" | "embed";
  /** Types of input that it accepts. Absent: all. */
  readonly accepts?: readonly DataType[];
  /** The type of its output; `input`: that of its input; `none`: it never succeeds. */
  readonly output: DataType | "input" | "none";
  /** Every outcome it can report on success, where they are few and known. */
  readonly outcomes?: readonly string[];
  /** Whether its output is the text that the model streams, and whether that text is trimmed. */
  readonly text?: "trimmed" | "verbatim";
}

/** What an input must be so that one prompt can be made of it. Objects and arrays in `json` or `any` fail when they come. */
const PROMPT_INPUT = [
  "string",
  "int",
  "float",
  "bool",
  "chat_history",
  "openai_chat",
  "json",
  "any",
] as const satisfies readonly DataType[];

const PROMPT_FIELDS = ["systemInstruction", "executeConfig"] as const satisfies readonly (keyof TaskDefinition)[];

const BUILT_IN = [
  {
    name: "raw_string",
    fields: [...PROMPT_FIELDS, "output", "stream", "restart"],
    required: [],
    calls: "prompt",
    accepts: PROMPT_INPUT,
    output: "string",
    text: "trimmed",
  },
  {
    name: "condition_key",
    fields: [...PROMPT_FIELDS, "validConditions"],
    required: ["validConditions"],
    calls: "prompt",
    accepts: PROMPT_INPUT,
    output: "bool",
  },
  { name: "parse_number", fields: PROMPT_FIELDS, required: [], calls: "prompt", accepts: PROMPT_INPUT, output: "int" },
  { name: "parse_score", fields: PROMPT_FIELDS, required: [], calls: "prompt", accepts: PROMPT_INPUT, output: "float" },
  {
    name: "parse_range",
    fields: PROMPT_FIELDS,
    required: [],
    calls: "prompt",
    accepts: PROMPT_INPUT,
    output: "string",
  },
  {
    name: "embedding",
    fields: ["executeConfig"],
    required: [],
    calls: "embed",
    accepts: PROMPT_INPUT,
    output: "vector",
    outcomes: ["ok"],
  },
  { name: "raise_error", fields: [], required: [], accepts: PROMPT_INPUT, output: "none", outcomes: [] },
  {
    name: "model_execution",
    fields: [...PROMPT_FIELDS, "stream", "restart"],
    required: [],
    calls: "chat",
    accepts: ["chat_history", "openai_chat"],
    output: "chat_history",
    outcomes: ["executed"],
    text: "verbatim",
  },
  { name: "parse_transition", fields: [], required: [], accepts: PROMPT_INPUT, output: "input" },
  { name: "parse_key_value", fields: [], required: [], accepts: PROMPT_INPUT, output: "json", outcomes: ["parsed"] },
  {
    name: "convert_to_openai_chat_response",
    fields: [],
    required: [],
    accepts: ["chat_history"],
    output: "openai_chat_response",
    outcomes: ["converted"],
  },
  { name: "noop", fields: [], required: [], output: "input", outcomes: ["noop"] },
  { name: "hook", fields: ["hook", "outputTemplate", "output"], required: ["hook"], output: "json" },
] as const satisfies readonly HandlerSpec[];

/** The thirteen kinds of task of contenox/runtime. */
export const HANDLER_SPECS: readonly HandlerSpec[] = BUILT_IN;

/** The same for the type checker: `defineChain` knows from it which fields a task takes and what it produces. */
export type BuiltInSpec = (typeof BUILT_IN)[number];
