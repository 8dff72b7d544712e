import type { Runtime } from "@catenary/core";
import { z } from "zod";
import { logCall } from "../dispatch/log-call.ts";
import { HttpError } from "../errors/http-error.ts";
import { toOpenAIError } from "../openai/openai-error.ts";
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
        422: { description: "There is no text, or no model that embeds could take it." },
        429: { description: "Every backend asks to wait." },
        502: { description: "The backend failed." },
        503: { description: "No backend can embed now." },
        504: { description: "Nothing came in time." },
      },
      handle: async (call, { text }) => {
        const embedding = runtime.embed(text, {
          signal: call.signal,
          onRouted: (routed) => logCall(surface, call, routed),
        });
        const answered = await embedding.catch((error: unknown) => {
          throw toEmbedError(error);
        });
        const { vector, model, backend } = answered;
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
        404: { description: "There is none, and not just one model that embeds." },
      },
      handle: async () => {
        const modelName = runtime.defaults.embedding?.model ?? (await onlyEmbedder(runtime));
        return { status: 200, json: { modelName } satisfies z.infer<typeof defaultModel> };
      },
    },
  ];
}

/** What failed behind the runtime is no fault of the client's. Everything else is the text's, as in the original. */
function toEmbedError(error: unknown): unknown {
  const told = toOpenAIError(error, () => false);
  return told instanceof HttpError && (told.status >= 500 || told.status === 429) ? told : error;
}

/** Where nobody named one, `/embed` takes whatever embeds; which one that is can only be told where there is one. */
async function onlyEmbedder(runtime: Runtime): Promise<string> {
  const names = new Set(await embedders(runtime));
  const [name] = names;
  if (name !== undefined && names.size === 1) return name;
  const why =
    name === undefined ? "no backend has a model that embeds" : `/embed takes any of ${[...names].join(", ")}`;
  throw new HttpError(
    404,
    `there is no default embedding model, and ${why}: name one with EMBED_MODEL, or as defaults.embedding.model in the program`,
  );
}

async function embedders(runtime: Runtime): Promise<readonly string[]> {
  const declared = runtime.models.list().map(({ value }) => value);
  return (await runtime.states()).flatMap(({ models }) =>
    models.flatMap(({ id, capabilities }) => {
      const own = declared.find(({ name }) => name === id || `${name}:latest` === id)?.capabilities;
      return (own?.embed ?? capabilities?.embed) === true ? [id] : [];
    }),
  );
}
