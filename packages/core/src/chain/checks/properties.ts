import type { PathStep, ReadPath } from "../../template/find-paths.ts";
import type { JsonObject } from "../../value/json.ts";
import { checkSchema } from "../../value/schema/check-schema.ts";
import type { ChainFacts, TaskFacts, TemplateFacts } from "../analysis/chain-facts.ts";
import { isBuiltIn } from "../analysis/known-outcomes.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";
import { missingProperty } from "../schemas/missing-property.ts";
import { ownSchemaOf } from "../schemas/own-schema-of.ts";

/** Properties that a template reads behind a variable or an answer with a schema, and that the schema does not have. */
export function checkProperties(facts: ChainFacts): readonly Finding[] {
  const schemas = schemasByVariable(facts);
  return facts.tasks.flatMap((task) =>
    task.templates.flatMap((template) => template.paths.flatMap((way) => check(task, template, way, schemas))),
  );
}

interface KnownSchema {
  readonly schema: JsonObject;
  /** Whether the value is made from the schema alone. */
  readonly isAsked: boolean;
  readonly says: string;
}

function schemasByVariable({ definition, tasks, byId, misread }: ChainFacts): ReadonlyMap<string, KnownSchema> {
  const schemas = new Map<string, KnownSchema>();
  const { input, variables = {} } = definition;
  if (typeof input === "object")
    schemas.set("input", { schema: input, isAsked: false, says: "the chain's `input` schema" });
  for (const facts of tasks) {
    const { id } = facts.task;
    if (byId.get(id) !== facts.task) continue;
    const isWhole = !SHAPING.some((field) => misread.touches(`${facts.path}.${field}`));
    const schema = isWhole ? ownSchemaOf(facts) : undefined;
    // What else sets a variable of the name may give anything.
    const isDeclared = Object.hasOwn(variables, id) || misread.hides(memberPath("$.variables", id));
    if (id === "input" || id === "previous_output" || isDeclared) schemas.delete(id);
    else if (schema !== undefined)
      schemas.set(id, { schema, isAsked: isMade(facts), says: `the \`output\` schema of \`${id}\`` });
  }
  return schemas;
}

/** What decides whether a task leaves what its schema says. */
const SHAPING = ["compose", "output_template"] as const;

/** A model is asked for what the schema says, and for nothing else. */
function isMade({ spec }: TaskFacts): boolean {
  return spec !== undefined && isBuiltIn(spec) && spec.name === "raw_string";
}

function check(
  { task }: TaskFacts,
  { path, over }: TemplateFacts,
  way: ReadPath,
  schemas: ReadonlyMap<string, KnownSchema>,
): readonly Finding[] {
  const answer = task.output && { schema: task.output, isAsked: false, says: "the task's `output` schema" };
  const known = over === "output" ? answer : schemas.get(String(way[0]));
  const inside = over === "output" ? way : way.slice(1);
  const missing = known && missingProperty(known.schema, inside, known.isAsked);
  if (missing === undefined || known === undefined) return [];
  // What a schema means that is refused cannot be told.
  if (checkSchema(known.schema).length > 0) return [];
  const owner = [...way.slice(0, way.length - inside.length), ...missing.owner];
  const where = owner.length === 0 ? "" : ` in \`${written(owner)}\``;
  const message = `task \`${task.id}\` reads \`${written([...owner, missing.name])}\`, and ${known.says} has no \`${missing.name}\`${where}${listed(missing.known)}`;
  const { suggestion } = missing;
  return [
    { severity: "warning", code: "unknown_property", path, message, ...(suggestion !== undefined && { suggestion }) },
  ];
}

const NAMED = 8;

function listed(known: readonly string[]): string {
  if (known.length === 0) return "; there are no properties there";
  const names = known.slice(0, NAMED).map((name) => `\`${name}\``);
  const rest = known.length > NAMED ? ` and ${known.length - NAMED} others` : "";
  return `; there is ${names.join(", ")}${rest}`;
}

/** A way as people write it: `read.people[].name`. */
function written(way: ReadPath): string {
  return way.reduce<string>((text, step) => text + stepText(step), "").replace(/^\./, "");
}

function stepText(step: PathStep): string {
  return typeof step === "number" ? "[]" : memberPath("", step);
}
