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
    fetch: async (input, init) =>
      withCounts(await send(connection, input, withKeepAlive(init ?? {}, keepAlive), modelId)),
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

const NO_COUNTS = { total_duration: 0, load_duration: 0, prompt_eval_count: 0 };

/** The provider refuses an answer without counts, and not every server that speaks Ollama's language counts. */
async function withCounts(response: Response): Promise<Response> {
  if (!response.ok) return response;
  const text = await response.text();
  const counted = /"prompt_eval_count"/.test(text) && /"load_duration"/.test(text) && /"total_duration"/.test(text);
  return new Response(counted ? text : addCounts(text), { headers: response.headers });
}

function addCounts(text: string): string {
  try {
    return JSON.stringify({ ...NO_COUNTS, ...JSON.parse(text) });
  } catch {
    return text;
  }
}
