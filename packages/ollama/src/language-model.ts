import type { LanguageModel, LanguageModelCallOptions } from "@catenary/core";
import { createOllama } from "ollama-ai-provider";
import { completeResponse } from "./complete-answer.ts";
import type { Connection } from "./connection.ts";
import { correctBody } from "./correct-body.ts";
import { correctPrompt } from "./correct-prompt.ts";
import { correctTools } from "./correct-tools.ts";
import { guardAnswer } from "./guard-answer.ts";
import { readFinishReason } from "./read-finish-reason.ts";
import { send } from "./send.ts";
import { tidyStream } from "./tidy-stream.ts";
import { failWith, toFailure } from "./to-failure.ts";

/** A model of one Ollama server: the provider's, with what it sends and what it makes of the answer corrected. */
export function ollamaLanguageModel(connection: Connection, modelId: string): LanguageModel {
  return {
    specificationVersion: "v4",
    provider: "ollama",
    modelId,
    // The server fetches nothing: whoever calls has to load images first.
    supportedUrls: {},
    doGenerate: (call) =>
      failWith(connection, modelId, call.abortSignal, async () => {
        const { model, options, warnings, sent } = prepare(connection, modelId, call);
        const result = await model.doGenerate(options);
        return {
          ...result,
          finishReason: readFinishReason(result.finishReason),
          request: { body: sent() },
          warnings: [...result.warnings, ...warnings],
        };
      }),
    doStream: (call) =>
      failWith(connection, modelId, call.abortSignal, async () => {
        const { model, options, warnings, sent, leave } = prepare(connection, modelId, call);
        const result = await model.doStream(options);
        const toError = (error: unknown) => toFailure(error, connection, modelId);
        const stream = tidyStream(result.stream, warnings, call.abortSignal, toError, leave);
        return { ...result, stream, request: { body: sent() } };
      }),
  };
}

/** The provider's model for one call, because what it sends is corrected by what that call asks for. */
function prepare(connection: Connection, modelId: string, call: LanguageModelCallOptions) {
  const { tools, warnings } = correctTools(call);
  const prompt = correctPrompt(call.prompt, modelId);
  let sent: string | undefined;
  const over = new AbortController();

  const provider = createOllama({
    baseURL: `${connection.root}/api`,
    headers: { ...connection.headers },
    fetch: async (input, init) => {
      const body = correctBody(JSON.parse(String(init?.body)), call, connection.keepAlive);
      sent = JSON.stringify(body);
      const response = await send(connection, input, { ...init, body: sent }, modelId);
      return body.stream === true
        ? guardAnswer(response, connection, modelId, over.signal)
        : completeResponse(response, modelId);
    },
  });
  // Sampling is left out: the provider would put some of it where Ollama does not look, and warn of the rest.
  const options: LanguageModelCallOptions = {
    prompt,
    ...(tools?.length && { tools }),
    ...(call.responseFormat && { responseFormat: call.responseFormat }),
    ...(call.reasoning && { reasoning: call.reasoning }),
    ...(call.includeRawChunks && { includeRawChunks: true }),
    ...(call.abortSignal && { abortSignal: call.abortSignal }),
    ...(call.headers && { headers: call.headers }),
  };
  return { model: provider.languageModel(modelId), options, warnings, sent: () => sent, leave: () => over.abort() };
}
