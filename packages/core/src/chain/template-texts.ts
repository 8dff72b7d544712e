import type { Json } from "../value/json.ts";
import type { TaskDefinition } from "./chain.ts";
import { memberPath } from "./json-path.ts";
import { wireName } from "./spelling.ts";

/** A text of a task that is a template, and what it is rendered over. */
export interface TemplateText {
  readonly path: string;
  readonly over: "before" | "after" | "output";
  readonly source: string;
}

const TEMPLATE_FIELDS = [
  ["systemInstruction", "before"],
  ["promptTemplate", "before"],
  ["outputTemplate", "output"],
  ["print", "after"],
] as const satisfies readonly (readonly [keyof TaskDefinition, TemplateText["over"]])[];

/** Every template of a task: its own fields, and the strings in the arguments of its hook at any depth. */
export function templateTexts(task: TaskDefinition, path: string): readonly TemplateText[] {
  const fields = TEMPLATE_FIELDS.flatMap(([name, over]): readonly TemplateText[] => {
    const source = task[name];
    return source === undefined ? [] : [{ path: memberPath(path, wireName(name)), over, source }];
  });
  const argsPath = memberPath(memberPath(path, "hook"), "args");
  return [...fields, ...textsIn(task.hook?.args ?? null, argsPath)];
}

function textsIn(json: Json, path: string): readonly TemplateText[] {
  if (typeof json === "string") return [{ path, over: "before", source: json }];
  if (typeof json !== "object" || json === null) return [];
  if (Array.isArray(json)) return json.flatMap((item: Json, index) => textsIn(item, memberPath(path, index)));
  return Object.entries(json).flatMap(([key, item]) => textsIn(item, memberPath(path, key)));
}
