import type { Json } from "../../value/json.ts";
import type { TaskDefinition } from "../chain.ts";
import { COMMON_FIELDS, type HandlerSpec } from "../handler-spec.ts";
import { memberPath } from "../json-path.ts";
import { wireName } from "../wire/spelling.ts";

/** A text of a task that is a template, and what it is rendered over. */
export interface TemplateText {
  readonly path: string;
  readonly over: "before" | "after" | "output";
  readonly source: string;
}

const TEMPLATE_FIELDS = [
  ["systemInstruction", "before"],
  ["print", "after"],
  ["promptTemplate", "before"],
  ["outputTemplate", "output"],
] as const satisfies readonly (readonly [keyof TaskDefinition, TemplateText["over"]])[];

/**
 * Every template of a task: its own fields, and the strings in the arguments of its hook at any depth. Fields that the kind
 * of task does not take are never rendered and are left out; they are reported as unused.
 */
export function templateTexts(task: TaskDefinition, path: string, spec?: HandlerSpec): readonly TemplateText[] {
  const isTaken = (name: keyof TaskDefinition) =>
    spec === undefined || spec.fields.includes(name) || (COMMON_FIELDS as readonly string[]).includes(name);
  const fields = TEMPLATE_FIELDS.flatMap(([name, over]): readonly TemplateText[] => {
    const source = task[name];
    return source === undefined || !isTaken(name) ? [] : [{ path: memberPath(path, wireName(name)), over, source }];
  });
  const argsPath = memberPath(memberPath(path, "hook"), "args");
  return isTaken("hook") ? [...fields, ...textsIn(task.hook?.args ?? null, argsPath)] : fields;
}

function textsIn(json: Json, path: string): readonly TemplateText[] {
  if (typeof json === "string") return [{ path, over: "before", source: json }];
  if (typeof json !== "object" || json === null) return [];
  if (Array.isArray(json)) return json.flatMap((item: Json, index) => textsIn(item, memberPath(path, index)));
  return Object.entries(json).flatMap(([key, item]) => textsIn(item, memberPath(path, key)));
}
