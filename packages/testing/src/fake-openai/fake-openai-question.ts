import { isRecord } from "../is-record.ts";
import { functionsOf, type JsonBody, records } from "../json-body.ts";

/** What a model on a fake OpenAI server is asked. */
export interface FakeOpenAIQuestion {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  /** The last thing that was said. */
  readonly text: string;
  readonly tools: readonly { readonly name: string; readonly parameters: unknown }[];
  /** The JSON Schema that the answer must obey; `{}` where it only must be JSON. */
  readonly schema: unknown;
  /** The whole request. */
  readonly body: JsonBody;
}

export function toQuestion(body: JsonBody): FakeOpenAIQuestion {
  const messages = records(body.messages).map(({ role, content }) => ({
    role: String(role),
    content: textOf(content),
  }));
  return {
    model: String(body.model),
    messages,
    text: messages.at(-1)?.content ?? "",
    tools: functionsOf(body.tools),
    schema: schemaOf(body.response_format),
    body,
  };
}

/** A message's content is a text, or parts, or null beside tool calls. */
function textOf(content: unknown): string {
  if (typeof content === "string") return content;
  return records(content)
    .map(({ text }) => (typeof text === "string" ? text : ""))
    .join("");
}

function schemaOf(format: unknown): unknown {
  if (!isRecord(format)) return undefined;
  if (format.type === "json_object") return {};
  return format.type === "json_schema" && isRecord(format.json_schema) ? (format.json_schema.schema ?? {}) : undefined;
}
