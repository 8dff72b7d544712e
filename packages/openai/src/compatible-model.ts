import { OpenAICompatibleChatLanguageModel } from "@ai-sdk/openai-compatible";
import type { LanguageModel, LanguageModelCallOptions, LanguageModelResult } from "@catenary/core";
import type { Connection } from "./connection.ts";
import { readAnswer } from "./read-answer.ts";

/**
 * The AI SDK's model of a compatible server. It translates calls and answers; a call that is answered whole is sent here, because what
 * the AI SDK does between the two, with a stream, three sets of headers and a second copy of the body, takes longer than all the rest.
 */
export function compatibleModel(connection: Connection, type: string, modelId: string): LanguageModel {
  const url = `${connection.baseUrl}/chat/completions`;
  const model = new OpenAICompatibleChatLanguageModel(modelId, {
    provider: `${type}.chat`,
    url: () => url,
    // All headers are the connection's.
    headers: () => ({}),
    fetch: connection.fetch,
    includeUsage: true,
    // Whether a schema is sent is decided by the declared capability, before a call comes here.
    supportsStructuredOutputs: true,
  });
  return {
    specificationVersion: "v4",
    provider: model.provider,
    modelId,
    supportedUrls: model.supportedUrls,
    doStream: (call) => model.doStream(call),
    doGenerate: (call) => generate(model, connection, url, call),
  };
}

async function generate(
  model: OpenAICompatibleChatLanguageModel,
  connection: Connection,
  url: string,
  call: LanguageModelCallOptions,
): Promise<LanguageModelResult> {
  const { body: asked, warnings } = await model.prepareRequest(call);
  const body = JSON.stringify(asked);
  const response = await connection.fetch(url, {
    method: "POST",
    headers: headersOf(call),
    body,
    ...(call.abortSignal && { signal: call.abortSignal }),
  });
  const answer = readAnswer(await response.text());
  const { providerOptions } = call;
  const result = await model.convertResponse({ body: answer, ...(providerOptions && { providerOptions }) });
  return {
    ...result,
    request: { body },
    response: { ...result.response, headers: Object.fromEntries(response.headers), body: answer },
    warnings,
  };
}

/** The call's own, and what the body is. */
function headersOf({ headers }: LanguageModelCallOptions): Record<string, string> {
  const all: Record<string, string> = { "content-type": "application/json" };
  for (const [name, value] of Object.entries(headers ?? {})) if (value !== undefined) all[name.toLowerCase()] = value;
  return all;
}
