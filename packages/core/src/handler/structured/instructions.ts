import type { JsonObject } from "../../value/json.ts";
import type { SchemaProblem } from "../../value/schema/schema-problem.ts";

/** Tells a model in words what shape its answer must have. */
export function shapeInstruction(schema: JsonObject): string {
  return `Answer with one JSON value and nothing else: no explanation, no code fence. It must satisfy this JSON Schema:\n${JSON.stringify(schema)}`;
}

/** Tells a model what was wrong with its answer. */
export function correction(problems: readonly SchemaProblem[]): string {
  const list = problems.map(({ path, message }) => `- ${path}: ${message}`).join("\n");
  return `That is not what was asked for ($ is the whole value):\n${list}\n\nAnswer again, with all of it put right.`;
}
