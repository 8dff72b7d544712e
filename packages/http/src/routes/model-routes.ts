import { z } from "zod";
import { paramOf } from "../call.ts";
import { createModel, removeModel, updateModel } from "../records/change-model.ts";
import { modelBody, modelBodySchema, modelInput } from "../records/model-body.ts";
import { pageReply, readPage } from "../records/page.ts";
import { recordBookOf } from "../records/record-book.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { immutableDoc, notFoundDoc, pageDoc, pageQuery, pageTooLongDoc, refusedDoc, takenDoc } from "./docs.ts";

const one = { description: "The model.", schema: modelBodySchema };
const incompleteDoc = { description: "The name, the context length or every capability is missing." };
const REFUSALS = { 400: incompleteDoc, 409: takenDoc, 422: refusedDoc };

/** The models that somebody declared. */
export function modelRoutes(surface: Surface): readonly Route[] {
  const { models, inTurn } = recordBookOf(surface);
  return [
    defineRoute({
      method: "POST",
      path: "/models",
      noun: "models",
      summary: "Declare a model; its id is its name",
      operation: "create",
      body: modelInput,
      replies: { 201: one, ...REFUSALS },
      handle: (_call, body) => inTurn(async () => ({ status: 201, json: modelBody(await createModel(surface, body)) })),
    }),
    {
      method: "GET",
      path: "/models",
      noun: "models",
      summary: "List declared models, the newest first",
      operation: "list",
      query: pageQuery,
      replies: { 200: pageDoc("A page of models.", z.array(modelBodySchema)), 400: pageTooLongDoc },
      handle: async (call) => pageReply(await models.list(), readPage(call, { least: 1 }), modelBody),
    },
    defineRoute({
      method: "PUT",
      path: "/models/{id}",
      noun: "models",
      summary: "Replace a declared model, by its id",
      operation: "update",
      body: modelInput,
      replies: { 200: one, ...REFUSALS, 403: immutableDoc, 404: notFoundDoc },
      handle: (call, body) =>
        inTurn(async () => ({ status: 200, json: modelBody(await updateModel(surface, paramOf(call, "id"), body)) })),
    }),
    {
      method: "DELETE",
      path: "/models/{model}",
      noun: "models",
      summary: "Remove a declared model, by its name",
      operation: "delete",
      query: z.object({ purge: z.string().optional().describe("`true` stops and forgets its downloads too.") }),
      replies: {
        200: { description: "It is removed.", schema: z.string() },
        403: immutableDoc,
        404: notFoundDoc,
        409: takenDoc,
      },
      handle: (call) =>
        inTurn(async () => {
          await removeModel(surface, paramOf(call, "model"), call.query.get("purge") === "true");
          return { status: 200, json: "model removed" };
        }),
    },
  ];
}
