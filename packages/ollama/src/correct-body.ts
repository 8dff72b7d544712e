import type { LanguageModelCallOptions, LanguageModelPrompt } from "@catenary/core";

type Body = Readonly<Record<string, unknown>>;

/**
 * What the provider would send, corrected where Ollama would not read it: sampling stands in `options`, a tool's result names
 * its tool, a message's content is always text, a call's arguments are an object.
 */
export function correctBody(body: Body, call: LanguageModelCallOptions, keepAlive: string | number | undefined): Body {
  const { tool_choice: _unknownToOllama, messages, ...rest } = body;
  const own = call.providerOptions?.ollama ?? {};
  const keep = own.keepAlive ?? keepAlive;
  const sampling = { ...samplingOf(call), ...asRecord(own.options) };
  const names = toolNames(call.prompt);
  return {
    ...rest,
    ...(Array.isArray(messages) && { messages: messages.map((message) => correctMessage(asRecord(message), names)) }),
    ...(Object.keys(sampling).length > 0 && { options: sampling }),
    ...(own.think !== undefined && { think: own.think }),
    ...(keep !== undefined && { keep_alive: keep }),
  };
}

/** The call's sampling under Ollama's names, without what was not asked for. */
function samplingOf(call: LanguageModelCallOptions): Body {
  const options = {
    temperature: call.temperature,
    top_p: call.topP,
    top_k: call.topK,
    seed: call.seed,
    num_predict: call.maxOutputTokens,
    stop: call.stopSequences?.length ? call.stopSequences : undefined,
    presence_penalty: call.presencePenalty,
    frequency_penalty: call.frequencyPenalty,
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function correctMessage(message: Body, names: ReadonlyMap<string, string>): Body {
  const { content, tool_calls: calls, tool_call_id: id } = message;
  const name = typeof id === "string" ? names.get(id) : undefined;
  return {
    ...message,
    content: typeof content === "string" ? content : "",
    ...(Array.isArray(calls) && { tool_calls: calls.map(asRecord).map(correctCall) }),
    ...(name !== undefined && { tool_name: name }),
  };
}

function correctCall(call: Body): Body {
  const wanted = asRecord(call.function);
  const input = wanted.arguments;
  return typeof input === "string" ? { ...call, function: { ...wanted, arguments: parsedOrEmpty(input) } } : call;
}

function parsedOrEmpty(text: string): Body {
  try {
    return asRecord(JSON.parse(text));
  } catch {
    return {};
  }
}

function toolNames(prompt: LanguageModelPrompt): ReadonlyMap<string, string> {
  const results = prompt.flatMap((message) => (message.role === "tool" ? message.content : []));
  return new Map(
    results.flatMap((part) => (part.type === "tool-result" ? [[part.toolCallId, part.toolName] as const] : [])),
  );
}

function asRecord(value: unknown): Body {
  // An object may be read by any name; what is found is passed on or looked at first.
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : {};
}
