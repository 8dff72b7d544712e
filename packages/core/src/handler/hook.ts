import { CatenaryError } from "../errors/catenary-error.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { checkTaskOutput } from "./check-task-output.ts";
import type { Handler, HandlerContext } from "./handler.ts";

/** Calls a hook. The output is what it answered, or that rendered by `output_template`; the rendered text is then the outcome too. */
export const hook: Handler = {
  async execute(context) {
    const { hook: call, outputTemplate, id } = context.task;
    if (call === undefined)
      throw new CatenaryError("hook_missing", `task ${id} calls a hook and does not say which: give it hook: { name }`);
    const answer = await context.callHook(call.name, renderArgs(context, call.args ?? {}));
    checkTaskOutput(context, answer, "reply");
    if (!outputTemplate) return { output: { type: "json", value: answer }, outcome: "ok" };
    const text = context.render(outputTemplate, answer);
    return { output: { type: "string", value: text }, outcome: text };
  },
};

function renderArgs(context: HandlerContext, args: Readonly<Record<string, Json>>): JsonObject {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, renderStrings(context, value)]));
}

/** Every string in it, at any depth, is a template. */
function renderStrings(context: HandlerContext, value: Json): Json {
  if (typeof value === "string") return value.includes("{{") ? context.render(value) : value;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((element: Json) => renderStrings(context, element));
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, renderStrings(context, inner)]));
}
