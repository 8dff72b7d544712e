import { z } from "zod";
import { logCall } from "../dispatch/log-call.ts";
import { HttpError } from "../errors/http-error.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";

const request = z.object({ text: z.string().default("") });

const answer = z.object({ vector: z.array(z.number()), model: z.string(), backend: z.string() });

const defaultModel = z.object({ modelName: z.string() });

/** Embeddings by the default embedding model, and which one that is. */
export function embeddingRoutes(surface: Surface): readonly Route[] {
  const { runtime } = surface;
  return [
    defineRoute({
      method: "POST",
      path: "/embed",
      noun: "execution",
      summary: "Embeds a text with the default embedding model",
      operation: "create",
      body: request,
      replies: {
        200: { description: "The vector.", schema: answer },
        422: { description: "There is no text, or no model could embed it." },
      },
      handle: async (call, { text }) => {
        const { vector, ...answered } = await runtime.embed(text, { signal: call.signal });
        logCall(surface, call, answered);
        const { model, backend } = answered;
        return { status: 200, json: { vector: [...vector], model, backend } satisfies z.infer<typeof answer> };
      },
    }),
    {
      method: "GET",
      path: "/defaultmodel",
      noun: "execution",
      summary: "The default embedding model",
      operation: "get",
      replies: {
        200: { description: "Its name.", schema: defaultModel },
        404: { description: "There is none." },
      },
      handle: () => {
        const modelName = runtime.defaults.embedding?.model;
        if (modelName === undefined) {
          throw new HttpError(
            404,
            'there is no default embedding model: give createRuntime({ defaults: { embedding: { model: "…" } } })',
          );
        }
        return { status: 200, json: { modelName } satisfies z.infer<typeof defaultModel> };
      },
    },
  ];
}
