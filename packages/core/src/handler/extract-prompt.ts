import { CatenaryError } from "../errors/catenary-error.ts";
import { TypeMismatchError } from "../errors/type-mismatch-error.ts";
import { isJsonObject, type Json } from "../value/json.ts";
import { printValue } from "../value/print-value.ts";
import type { TypedValue } from "../value/typed-value.ts";
import type { HandlerContext } from "./handler.ts";

/** The text that a task's input is as a prompt: a string or number as it prints, of a conversation the last message. */
export function extractPrompt(context: HandlerContext): string {
  const { input } = context;
  switch (input.type) {
    case "string":
    case "int":
    case "float":
    case "bool":
      return input.value === null ? "" : printValue(input.value);
    case "chat_history":
    case "openai_chat":
      return lastMessage(context, input);
    case "json":
    case "any":
      if (typeof input.value !== "object") return printValue(input.value);
      if (input.value === null) return "";
      throw noText(context, `${input.type} with ${Array.isArray(input.value) ? "an array" : "an object"}`);
    default:
      throw noText(context, input.type);
  }
}

function lastMessage(context: HandlerContext, { value, type }: TypedValue): string {
  const messages: Json = isJsonObject(value) ? (value.messages ?? []) : [];
  const last: Json | undefined = Array.isArray(messages) ? messages.at(-1) : undefined;
  if (isJsonObject(last)) return typeof last.content === "string" ? last.content : "";
  throw new CatenaryError(
    "prompt_empty",
    `task ${context.task.id} needs a prompt, and got a ${type} without messages: the last message would be the prompt`,
  );
}

function noText(context: HandlerContext, actual: string): TypeMismatchError {
  const { id, handler } = context.task;
  return new TypeMismatchError(
    `task ${id} (${handler}) needs a text to work on, and got ${actual}: give it a prompt_template, such as {{toJson .previous_output}}`,
    { expected: "text", actual, handler },
  );
}
