import { isJsonObject, type Json, type JsonObject } from "../../value/json.ts";
import { suggest } from "../../value/suggest.ts";
import type { ShapeName } from "./field.ts";
import { FIELDS } from "./fields.ts";
import { wireName } from "./spelling.ts";

/** What somebody meant who wrote a field that there is not. */
export interface MeantField {
  /** The name to write instead, or all that is to be written. */
  readonly suggestion: string;
  /** Goes on the sentence that there is no such field. */
  readonly advice?: string;
}

/** Undefined where nothing is nearly the same. */
export function meantField(shape: ShapeName, key: string, value: Json): MeantField | undefined {
  const folded = key.replaceAll(/[_\-\s]/g, "").toLowerCase();
  const elsewhere = shape === "task" ? wayOn(folded, value) : undefined;
  if (elsewhere !== undefined) return elsewhere;
  const inside = INSIDE[shape]?.find(({ fields }) => fields.some((field) => field.toLowerCase() === folded));
  if (inside !== undefined) {
    const block = wireName(inside.block);
    const field = wireName(inside.fields.find((name) => name.toLowerCase() === folded) ?? key);
    const suggestion = `"${block}": ${written({ [field]: value })}`;
    return { suggestion, advice: `it stands in \`${block}\`` };
  }
  const other = OTHER_WORDS[shape]?.[folded];
  const suggestion =
    other ??
    suggest(
      key,
      FIELDS[shape].map((field) => wireName(field.name)),
    );
  return suggestion === undefined ? undefined : { suggestion };
}

/** What `defineChain` takes as short for a transition. In JSON there is one spelling for it. */
function wayOn(folded: string, value: Json): MeantField | undefined {
  if (folded === "onfailure" || folded === "onerror")
    return transition({ on_failure: typeof value === "string" ? value : "end" });
  if (folded === "branches") return transition({ branches: value });
  if (folded !== "next" && folded !== "goto") return undefined;
  if (typeof value === "string") return transition({ branches: [otherwise(value)] });
  const outcomes = isJsonObject(value) ? Object.entries(value) : [];
  const branches = outcomes.map(([when, goto]) =>
    when === "default" ? otherwise(goto) : { operator: "equals", when, goto },
  );
  return transition({ branches: branches.length === 0 ? [otherwise("end")] : branches });
}

function otherwise(goto: Json): JsonObject {
  return { operator: "default", when: "", goto };
}

function transition(block: JsonObject): MeantField {
  return {
    suggestion: `"transition": ${written(block)}`,
    advice: "in JSON what follows a task stands in `transition`",
  };
}

const LONGEST = 300;

/** As people write JSON in one line. Long values are left to the reader. */
function written(value: JsonObject): string {
  const text = JSON.stringify(value, undefined, 1).replaceAll(/\n\s*/g, " ");
  return text.length > LONGEST ? `{ "${Object.keys(value)[0] ?? ""}": … }` : text;
}

interface Block {
  readonly block: string;
  readonly fields: readonly string[];
}

const MODEL_CALL: Block = { block: "executeConfig", fields: FIELDS.executeConfig.map(({ name }) => name) };

/** Fields that stand one level deeper. */
const INSIDE: Readonly<Partial<Record<ShapeName, readonly Block[]>>> = {
  chain: [MODEL_CALL],
  task: [
    MODEL_CALL,
    { block: "hook", fields: ["args"] },
    { block: "compose", fields: ["withVar", "strategy"] },
    { block: "retry", fields: ["backoff", "jitter"] },
  ],
  executeConfig: [{ block: "routing", fields: FIELDS.routing.map(({ name }) => name) }],
};

/** What other tools call it. Folded, as names are compared. */
const OTHER_WORDS: Readonly<Partial<Record<ShapeName, Readonly<Record<string, string>>>>> = {
  chain: { name: "id", steps: "tasks", nodes: "tasks" },
  task: {
    prompt: "prompt_template",
    template: "prompt_template",
    system: "system_instruction",
    systemprompt: "system_instruction",
    type: "handler",
    kind: "handler",
    name: "id",
    conditions: "valid_conditions",
    retries: "retry_on_failure",
  },
  branch: { target: "goto", to: "goto", next: "goto", value: "when", op: "operator" },
  hook: { arguments: "args", params: "args", parameters: "args" },
  retry: { attempts: "max", retries: "max", times: "max", delay: "backoff" },
  executeConfig: { stopsequences: "stop", maxoutputtokens: "max_tokens" },
};
