import type { JsonObject } from "../../value/json.ts";
import { checkSchema } from "../../value/schema/check-schema.ts";
import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";
import { schemaDoubts } from "../schemas/schema-doubts.ts";

/** JSON Schemas that no value can be checked against, and what in them is hardly meant. */
export function checkSchemas({ definition, tasks }: ChainFacts): readonly Finding[] {
  const { input, output } = definition;
  return [
    ...(typeof input === "object" ? check(input, "$.input", "error") : []),
    ...(output === undefined ? [] : check(output, "$.output", "error")),
    ...tasks.flatMap(({ task, path, severity }) =>
      task.output === undefined ? [] : check(task.output, `${path}.output`, severity),
    ),
  ];
}

function check(schema: JsonObject, path: string, severity: Finding["severity"]): readonly Finding[] {
  const problems = checkSchema(schema);
  if (problems.length === 0)
    return schemaDoubts(schema, path).map((doubt): Finding => ({ severity: "warning", ...doubt }));
  return problems.map((problem) => ({
    severity,
    code: "invalid_schema",
    path: path + problem.path.slice(1),
    message: problem.message,
  }));
}
