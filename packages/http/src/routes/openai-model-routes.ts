import { modelsSchema } from "../openai/reply-docs.ts";
import { pageReply, readPage } from "../records/page.ts";
import { recordBookOf } from "../records/record-book.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { pageDoc, pageQuery } from "./docs.ts";

/** OpenAI's models as contenox/runtime lists them: those that somebody declared, served or not, whatever the chain. */
export function openaiModelRoutes(surface: Surface): readonly Route[] {
  const { models } = recordBookOf(surface);
  return ["/openai/v1/models", "/openai/{chain}/v1/models"].map((path) => ({
    method: "GET",
    path,
    noun: "openai",
    summary: "List declared models, the newest first",
    operation: "list",
    query: pageQuery,
    replies: { 200: pageDoc("A page of models.", modelsSchema) },
    handle: async (call) => {
      const { json, ...reply } = await pageReply(await models.list(), readPage(call), ({ key, createdAt }) => ({
        id: key,
        object: "model",
        created: Math.floor(createdAt / 1e6),
        owned_by: "system",
      }));
      return { ...reply, json: { object: "list", data: json } };
    },
  }));
}
