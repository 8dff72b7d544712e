import type { JsonObject } from "../../value/json.ts";
import { checkSchema } from "../../value/schema/check-schema.ts";
import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { isEnd } from "../analysis/task-places.ts";
import { typeFlow, type ValueKind } from "../analysis/type-flow.ts";
import type { Finding } from "../finding.ts";
import { ownSchemaOf } from "../schemas/own-schema-of.ts";
import { schemasExclude } from "../schemas/schemas-exclude.ts";

/** Tasks that end the chain with what its `output` never allows, whatever they are given. */
export function checkContracts(facts: ChainFacts): readonly Finding[] {
  const wanted = facts.definition.output;
  // A schema that is wrong itself is reported as that.
  if (wanted === undefined || !facts.isSmall || checkSchema(wanted).length > 0) return [];
  const flow = typeFlow(facts);
  const endings = facts.tasks.filter((task) => endsRun(task) && !facts.misread.touches(`${task.path}.transition`));
  return endings.flatMap((ending): readonly Finding[] => {
    const kinds = [...(flow.get(ending.task)?.output ?? [])];
    const own = facts.misread.touches(`${ending.path}.compose`) ? undefined : ownSchemaOf(ending);
    const given = own === undefined ? kinds.map((kind) => SCHEMAS[kind] ?? {}) : [own];
    if (kinds.length === 0 || !given.every((schema) => schemasExclude(schema, wanted))) return [];
    return [broken(ending, own === undefined ? kinds : undefined, wanted)];
  });
}

/** Whether a success of the task can be the end. */
function endsRun({ reachable, branches }: TaskFacts): boolean {
  return reachable && branches.leads.onSuccess.some(isEnd);
}

function broken({ task, path }: TaskFacts, kinds: readonly ValueKind[] | undefined, wanted: JsonObject): Finding {
  const came = kinds?.map((kind) => KIND_WORDS.get(kind) ?? `\`${kind}\``).join(" or ") ?? "what its own `output` says";
  const types = [wanted.type].flat().filter((type) => typeof type === "string");
  const expected = types.length === 0 ? "" : ` (${types.map((type) => `\`${type}\``).join(" or ")})`;
  const message = `task \`${task.id}\` (${task.handler}) ends the run with ${came}, which the chain's \`output\`${expected} never allows: the run always fails there; change the schema, or lead on to a task that gives what it says`;
  return { severity: "warning", code: "contract_mismatch", path, message };
}

/** What every value of a kind satisfies. Of those that are not here nothing is known. */
const SCHEMAS: Readonly<Partial<Record<ValueKind, JsonObject>>> = {
  string: { type: "string" },
  bool: { type: "boolean" },
  int: { type: "integer" },
  float: { type: "number" },
  vector: { type: "array" },
  search_results: { type: "array" },
  array: { type: "array" },
  object: { type: "object" },
  chat_history: { type: "object" },
  openai_chat: { type: "object" },
  openai_chat_response: { type: "object" },
};

const KIND_WORDS: ReadonlyMap<ValueKind, string> = new Map([
  ["object", "an object"],
  ["array", "a list"],
]);
