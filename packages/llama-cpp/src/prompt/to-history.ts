import { type LanguageModelPrompt, ModelError } from "@catenary/core";
import type { ChatHistoryItem, ChatModelResponse } from "node-llama-cpp";
import type { Origin } from "../origin.ts";

type Message = LanguageModelPrompt[number];
type AssistantPart = Extract<Message, { role: "assistant" }>["content"][number];
type ToolOutput = Extract<Extract<Message, { role: "tool" }>["content"][number], { type: "tool-result" }>["output"];
type Response = ChatModelResponse["response"];

/** Where a result has not come (yet). */
const NO_RESULT = "";

/**
 * A prompt as the library keeps conversations: results stand beside their calls, and the last thing is an answer to be written.
 *
 * @throws ModelError `bad_request` for what is no text.
 */
export function toHistory(prompt: LanguageModelPrompt, origin: Origin): ChatHistoryItem[] {
  const results = resultsOf(prompt);
  const history: ChatHistoryItem[] = [];
  for (const message of prompt) {
    if (message.role === "system") history.push({ type: "system", text: message.content });
    if (message.role === "user") history.push({ type: "user", text: textOf(message, origin) });
    if (message.role !== "assistant") continue;
    const parts = message.content.flatMap((part) => toResponse(part, results, origin));
    const before = history.at(-1);
    // After a tool's result the model goes on with the same answer.
    if (before?.type === "model") before.response.push(...parts);
    else history.push({ type: "model", response: parts });
  }
  if (history.at(-1)?.type !== "model") history.push({ type: "model", response: [] });
  return history;
}

function resultsOf(prompt: LanguageModelPrompt): ReadonlyMap<string, unknown> {
  const results = new Map<string, unknown>();
  for (const message of prompt) {
    if (message.role !== "tool" && message.role !== "assistant") continue;
    for (const part of message.content) {
      if (part.type === "tool-result") results.set(part.toolCallId, resultOf(part.output));
    }
  }
  return results;
}

function resultOf(output: ToolOutput): unknown {
  switch (output.type) {
    case "text":
    case "json":
      return output.value;
    case "error-text":
    case "error-json":
      return { error: output.value };
    case "execution-denied":
      return { denied: output.reason ?? "the user does not want it" };
    default:
      return output.value.map((part) => (part.type === "text" ? part.text : `[${part.type}]`)).join("\n");
  }
}

function textOf(message: Extract<Message, { role: "user" }>, origin: Origin): string {
  return message.content.map((part) => (part.type === "text" ? part.text : refuse(part.type, origin))).join("");
}

function toResponse(part: AssistantPart, results: ReadonlyMap<string, unknown>, origin: Origin): Response {
  switch (part.type) {
    case "text":
      return [part.text];
    case "tool-call": {
      const { toolCallId, toolName, input } = part;
      return [{ type: "functionCall", name: toolName, params: input, result: results.get(toolCallId) ?? NO_RESULT }];
    }
    // Thoughts of earlier answers are not told again, and results stand beside their calls already.
    case "reasoning":
    case "tool-result":
      return [];
    default:
      return refuse(part.type, origin);
  }
}

function refuse(kind: string, { backend, model }: Origin): never {
  throw new ModelError(
    `model ${model} on ${backend} reads only text, and the conversation has a part of another kind (${kind}): leave it out, or ask a model that takes it`,
    {
      failure: "bad_request",
      status: 400,
      backend,
      model,
    },
  );
}
