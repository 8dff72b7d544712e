import { isDataType } from "../../value/data-type.ts";
import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { isBuiltIn } from "../analysis/known-outcomes.ts";
import { typeFlow, type ValueKind } from "../analysis/type-flow.ts";
import type { ChainDefinition } from "../chain.ts";
import type { Finding } from "../finding.ts";
import type { HandlerSpec } from "../handler-spec.ts";
import { inputTypeOf } from "../input-type-of.ts";

/** Tasks that can only be given what their handler refuses, on whatever path a run comes to them. */
export function checkTypes(facts: ChainFacts): readonly Finding[] {
  if (!facts.isSmall) return [];
  const flow = typeFlow(facts);
  return facts.tasks.flatMap((task): Finding[] => {
    const input = [...(flow.get(task.task)?.input ?? [])];
    const { spec } = task;
    if (spec === undefined || input.length === 0 || input.some((kind) => mayBeTaken(spec, kind))) return [];
    return [mismatch(task, spec, input, facts.definition)];
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
  if (kind === "array") return !own && accepts.includes("json");
  // Types that nobody knows are reported as that.
  return !isDataType(kind) || accepts.includes(kind);
}

function mismatch(
  { task, path }: TaskFacts,
  spec: HandlerSpec,
  input: readonly ValueKind[],
  definition: ChainDefinition,
): Finding {
  const isStart = task === definition.tasks[0];
  const fromTemplate = task.promptTemplate !== undefined;
  const came = input.map((kind) => `\`${kind === "object" || kind === "array" ? "json" : kind}\``).join(" or ");
  const object = input.includes("object") ? ", an object" : input.includes("array") ? ", a list" : "";
  const source = fromTemplate ? "its `prompt_template` gives" : "every path gives it";
  const field = fromTemplate ? ".prompt_template" : task.inputVar ? ".input_var" : "";
  const at = { severity: "warning", code: "type_mismatch", path: path + field } as const;
  const accepts = spec.accepts ?? [];
  const start = `task \`${task.id}\` (${task.handler}) needs`;
  if (isBuiltIn(spec) && accepts.includes("string")) {
    const message = `${start} a text to work on, and ${source} ${came}${object}: give it a \`prompt_template\` that makes one`;
    return {
      ...at,
      message,
      suggestion: `{{toJson ${place(task.inputVar ?? (isStart ? "input" : "previous_output"))}}}`,
    };
  }
  const wanted = accepts.map((type) => `\`${type}\``).join(" or ");
  const declared = inputTypeOf(definition) ?? "any";
  // Once the template is gone, it is the chain's input that the first task is given.
  const asInput = isStart && !mayBeTaken(spec, declared) ? `declare \`${accepts[0]}\` as the chain's \`input\`` : "";
  const advice = fromTemplate
    ? ["remove the template", ...(asInput === "" ? [] : [asInput])].join(" and ")
    : asInput || "lead a value of that type to it";
  return { ...at, message: `${start} ${wanted}, and ${source} ${came}${object}: ${advice}, or change the handler` };
}

/** How a template reads a variable. */
function place(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `.${name}` : `(index . ${JSON.stringify(name)})`;
}
