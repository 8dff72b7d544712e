import { paramOf } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import { modelSchema, modelsSchema } from "../openai/reply-docs.ts";
import { pageReply, readPage } from "../records/page.ts";
import { recordBookOf } from "../records/record-book.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { pageDoc, pageQuery, pageTooLongDoc } from "./docs.ts";

/** OpenAI's models as contenox/runtime lists them: those that somebody declared, served or not, whatever the chain. */
export function openaiModelRoutes(surface: Surface): readonly Route[] {
  return [...listRoutes(surface), ...tellRoutes(surface)];
}

function listRoutes(surface: Surface): readonly Route[] {
  const { models } = recordBookOf(surface);
  return ["/openai/v1/models", "/openai/{chain}/v1/models"].map((path) => ({
    method: "GET",
    path,
    noun: "openai",
    summary: "List declared models, the newest first",
    operation: "list",
    query: pageQuery,
    replies: { 200: pageDoc("A page of models.", modelsSchema), 400: pageTooLongDoc },
    handle: async (call) => {
      const { json, ...reply } = await pageReply(await models.list(), readPage(call), modelOf);
      return { ...reply, json: { object: "list", data: json } };
    },
  }));
}

function tellRoutes(surface: Surface): readonly Route[] {
  const { models } = recordBookOf(surface);
  return ["/openai/v1/models/{model}", "/openai/{chain}/v1/models/{model}"].map((path) => ({
    method: "GET",
    path,
    noun: "openai",
    summary: "Tell of one declared model",
    operation: "get",
    replies: {
      200: { description: "The model.", schema: modelSchema },
      404: { description: "Nobody declared it." },
    },
    handle: async (call) => {
      const name = paramOf(call, "model");
      const row = (await models.list()).find(({ key }) => key === name);
      if (row !== undefined) return { status: 200, json: modelOf(row) };
      throw new HttpError(404, `nobody declared the model ${JSON.stringify(name.slice(0, 200))}`, {
        code: "model_not_found",
        param: "model",
      });
    },
  }));
}

function modelOf({ key, createdAt }: { readonly key: string; readonly createdAt: number }) {
  return { id: key, object: "model", created: Math.floor(createdAt / 1e6), owned_by: "system" };
}
