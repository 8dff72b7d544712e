import { isDataType } from "../../value/data-type.ts";
import type { ChainFacts, TaskFacts } from "../chain-facts.ts";
import type { Finding } from "../finding.ts";
import type { HandlerSpec } from "../handler-spec.ts";
import { isBuiltIn } from "../known-outcomes.ts";
import { typeFlow, type ValueKind } from "../type-flow.ts";

/** Tasks that can only be given what their handler refuses, on whatever path a run comes to them. */
export function checkTypes(facts: ChainFacts): readonly Finding[] {
  if (!facts.isSmall) return [];
  const flow = typeFlow(facts);
  return facts.tasks.flatMap((task): Finding[] => {
    const input = [...(flow.get(task.task)?.input ?? [])];
    const { spec } = task;
    if (spec === undefined || input.length === 0 || input.some((kind) => mayBeTaken(spec, kind))) return [];
    return [mismatch(task, spec, input)];
  });
}

/** Says true wherever it is not certain. */
function mayBeTaken(spec: HandlerSpec, kind: ValueKind): boolean {
  const { accepts } = spec;
  if (accepts === undefined || kind === "any") return true;
  const own = isBuiltIn(spec);
  if (!own && accepts.includes("any")) return true;
  // Of the built-in kinds of task only one takes an object; the others look for a text in `json`.
  if (kind === "object") return own ? spec.name === "parse_key_value" : accepts.includes("json");
  // Types that nobody knows are reported as that.
  return !isDataType(kind) || accepts.includes(kind);
}

function mismatch({ task, path }: TaskFacts, spec: HandlerSpec, input: readonly ValueKind[]): Finding {
  const fromTemplate = task.promptTemplate !== undefined && task.promptTemplate !== "";
  const came = input.map((kind) => `\`${kind === "object" ? "json" : kind}\``).join(" or ");
  const object = input.includes("object") ? ", an object" : "";
  const source = fromTemplate ? "its `prompt_template` gives" : "every path gives it";
  const { wanted, advice, suggestion } = demand(task.inputVar, spec);
  const field = fromTemplate ? ".prompt_template" : task.inputVar ? ".input_var" : "";
  return {
    severity: "warning",
    code: "type_mismatch",
    path: path + field,
    message: `task \`${task.id}\` (${task.handler}) needs ${wanted}, and ${source} ${came}${object}: ${advice}`,
    ...(suggestion !== undefined && { suggestion }),
  };
}

interface Demand {
  readonly wanted: string;
  readonly advice: string;
  readonly suggestion?: string;
}

function demand(inputVar: string | undefined, spec: HandlerSpec): Demand {
  const accepts = spec.accepts ?? [];
  const isPrompt = isBuiltIn(spec) && accepts.includes("string");
  if (!isPrompt) {
    const wanted = accepts.map((type) => `\`${type}\``).join(" or ");
    return { wanted, advice: "lead a value of that type to it, or change the handler" };
  }
  const suggestion = inputVar ? `{{toJson (index . ${JSON.stringify(inputVar)})}}` : "{{toJson .previous_output}}";
  return { wanted: "a text to work on", advice: "give it a `prompt_template` that makes one", suggestion };
}
