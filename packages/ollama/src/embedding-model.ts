import { type EmbeddingModel, ModelError } from "@catenary/core";
import { createOllama } from "ollama-ai-provider";
import type { Connection } from "./connection.ts";
import { send } from "./send.ts";
import { failWith } from "./to-failure.ts";

/** A model of one Ollama server that turns text into vectors. */
export function ollamaEmbeddingModel(connection: Connection, modelId: string): EmbeddingModel {
  const { keepAlive, root, backend } = connection;
  const provider = createOllama({
    baseURL: `${root}/api`,
    headers: { ...connection.headers },
    fetch: (input, init) => send(connection, input, withKeepAlive(init ?? {}, keepAlive), modelId),
  });
  const model = provider.textEmbeddingModel(modelId);
  return {
    specificationVersion: "v4",
    provider: "ollama",
    modelId,
    maxEmbeddingsPerCall: model.maxEmbeddingsPerCall,
    supportsParallelCalls: model.supportsParallelCalls,
    doEmbed: (call) =>
      failWith(connection, modelId, call.abortSignal, async () => {
        // The provider cannot read what the server answers to nothing.
        if (call.values.length === 0) return { embeddings: [], warnings: [] };
        const result = await model.doEmbed(call);
        const { length } = result.embeddings;
        if (length === call.values.length) return result;
        const message = `Ollama gave ${length} vectors for ${call.values.length} texts`;
        throw new ModelError(message, { failure: "reply", backend, model: modelId });
      }),
  };
}

function withKeepAlive(init: RequestInit, keepAlive: string | number | undefined): RequestInit {
  if (keepAlive === undefined) return init;
  return { ...init, body: JSON.stringify({ keep_alive: keepAlive, ...JSON.parse(String(init.body)) }) };
}
