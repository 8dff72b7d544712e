import type { z } from "zod";
import { paramOf } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import { modelSchema, modelsSchema } from "../openai/reply-docs.ts";
import { servedModels } from "../openai/served-models.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";

/** OpenAI's models: those that backends serve right now. */
export function v1ModelRoutes({ runtime, now }: Surface): readonly Route[] {
  const since = Math.floor(now() / 1000);
  const models = async () => servedModels(await runtime.states(), since);
  return [
    {
      method: "GET",
      path: "/v1/models",
      noun: "openai",
      summary: "List the models that can be asked",
      operation: "list",
      replies: { 200: { description: "What the backends serve, each model once.", schema: modelsSchema } },
      handle: async () => ({
        status: 200,
        json: { object: "list", data: await models() } satisfies z.infer<typeof modelsSchema>,
      }),
    },
    {
      method: "GET",
      path: "/v1/models/{model}",
      noun: "openai",
      summary: "Tell of one model",
      operation: "get",
      replies: {
        200: { description: "The model.", schema: modelSchema },
        404: { description: "No backend serves it." },
      },
      handle: async (call) => {
        const name = paramOf(call, "model");
        const model = (await models()).find(({ id }) => id === name);
        if (model !== undefined) return { status: 200, json: model satisfies z.infer<typeof modelSchema> };
        throw new HttpError(404, `no backend serves the model ${JSON.stringify(name.slice(0, 200))}`, {
          code: "model_not_found",
          param: "model",
        });
      },
    },
  ];
}
