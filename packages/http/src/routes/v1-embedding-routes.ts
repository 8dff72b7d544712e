import type { z } from "zod";
import { logCall } from "../dispatch/log-call.ts";
import { usageOf } from "../openai/completion.ts";
import { embedAll } from "../openai/embed-all.ts";
import { embeddingRequest } from "../openai/embedding-request.ts";
import { encodeVector } from "../openai/encode-vector.ts";
import { embeddingsSchema, failureDocs } from "../openai/reply-docs.ts";
import { toldError } from "../openai/told-error.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";

/** OpenAI's embeddings, of a routed model. */
export function v1EmbeddingRoutes(surface: Surface): readonly Route[] {
  const { runtime } = surface;
  return [
    defineRoute({
      method: "POST",
      path: "/v1/embeddings",
      noun: "openai",
      summary: "Embed texts, wherever the model is served",
      operation: "server",
      body: embeddingRequest,
      replies: { 200: { description: "A vector for each text.", schema: embeddingsSchema }, ...failureDocs },
      handle: async (call, request) => {
        const { model, encoding_format: format } = request;
        try {
          let answeredBy = model;
          const embedder = runtime.embeddingModel({
            ...(model !== "" && { model }),
            onRouted: (routed) => {
              answeredBy = routed.model ?? answeredBy;
              logCall(surface, call, routed);
            },
          });
          const { vectors, tokens } = await embedAll(embedder, request, call.signal);
          const data = vectors.map((vector, index) => {
            return { object: "embedding", index, embedding: encodeVector(vector, format) };
          });
          const { prompt_tokens, total_tokens } = usageOf(tokens);
          const json = { object: "list", data, model: answeredBy, usage: { prompt_tokens, total_tokens } };
          return { status: 200, json: json satisfies z.infer<typeof embeddingsSchema> };
        } catch (error) {
          throw toldError(surface, error, call, () => model !== "");
        }
      },
    }),
  ];
}
