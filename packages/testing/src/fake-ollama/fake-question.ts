import { isRecord } from "../is-record.ts";
import { functionsOf, type JsonBody, records } from "../json-body.ts";

/** What a fake Ollama server's model is asked. */
export interface FakeOllamaQuestion {
  readonly route: "chat" | "generate";
  /** As the request names it. */
  readonly model: string;
  /** `generate` gives its system text and its prompt as two of these. */
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  /** The last thing that was said. */
  readonly text: string;
  readonly tools: readonly { readonly name: string; readonly parameters: unknown }[];
  /** `"json"`, a JSON Schema, or nothing. */
  readonly format: unknown;
  /** Sampling: `temperature`, `num_predict`, `stop`, … */
  readonly options: Readonly<Record<string, unknown>>;
  /** The whole request. */
  readonly body: JsonBody;
}

export function toQuestion(route: "chat" | "generate", body: JsonBody): FakeOllamaQuestion {
  const messages = route === "chat" ? chatMessages(body) : promptMessages(body);
  return {
    route,
    model: String(body.model),
    messages,
    text: messages.at(-1)?.content ?? "",
    tools: functionsOf(body.tools),
    format: body.format === "" || body.format === null ? undefined : body.format,
    options: isRecord(body.options) ? body.options : {},
    body,
  };
}

function chatMessages(body: JsonBody) {
  return records(body.messages).map((message) => ({
    role: String(message.role).toLowerCase(),
    content: String(message.content ?? ""),
  }));
}

function promptMessages({ system, prompt }: JsonBody) {
  const user = { role: "user", content: String(prompt ?? "") };
  return typeof system === "string" && system !== "" ? [{ role: "system", content: system }, user] : [user];
}
