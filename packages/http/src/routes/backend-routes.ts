import type { Backend } from "@catenary/core";
import { z } from "zod";
import { paramOf } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import { backendBody, backendBodySchema } from "../records/backend-body.ts";
import { createBackend, removeBackend, updateBackend } from "../records/change-backend.ts";
import { checkSecrets } from "../records/check-secrets.ts";
import { isName } from "../records/is-name.ts";
import { knownOf } from "../records/known-of.ts";
import { madeInput, needing } from "../records/made-body.ts";
import { pageReply, readPage } from "../records/page.ts";
import { recordBookOf } from "../records/record-book.ts";
import type { Row } from "../records/rows.ts";
import { type Known, stateBody, stateFields } from "../records/state-body.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { notFoundDoc, pageDoc, pageQuery, pageTooLongDoc, refusedDoc, takenDoc } from "./docs.ts";

const fields = {
  ...madeInput,
  name: z.string().optional(),
  baseUrl: z.string().optional(),
  type: z
    .string()
    .meta({ enum: ["ollama", "vllm"] })
    .optional(),
  /** Whether a sync deletes models from it that nobody declared. */
  prune: z.boolean().optional(),
  apiKey: z
    .string()
    .optional()
    .describe("Sent as a bearer. Never told; left out of a PUT it stays what it was, and an empty one takes it away."),
  headers: z
    .record(z.string(), z.string())
    .optional()
    .describe("Sent with every request. Never told; left out of a PUT they stay what they were."),
};

const input = needing(fields, ["name", "baseUrl", "type"]);

/** A port alone is one of this machine's, which nobody has named. */
const HOST = /^\s*[^\s:/]/;

const typeDoc = { description: "The runtime was given no such type of backends." };

const summary = backendBodySchema.extend(stateFields);

export function backendRoutes(surface: Surface): readonly Route[] {
  return [...readRoutes(surface), ...changeRoutes(surface)];
}

function readRoutes(surface: Surface): readonly Route[] {
  const { backends } = recordBookOf(surface);
  return [
    {
      method: "GET",
      path: "/backends",
      noun: "backends",
      summary: "List backends with what they serve, the newest first",
      operation: "list",
      query: pageQuery,
      replies: { 200: pageDoc("A page of backends.", z.array(summary)), 400: pageTooLongDoc },
      handle: async (call) => {
        const page = readPage(call);
        const known = await knownOf(surface);
        return pageReply(await backends.list(), page, (row) => withState(row, known));
      },
    },
    {
      method: "GET",
      path: "/backends/{id}",
      noun: "backends",
      summary: "Get a backend with what it serves",
      operation: "get",
      replies: { 200: { description: "The backend.", schema: summary }, 404: notFoundDoc },
      handle: async (call) => {
        const row = await backends.require(paramOf(call, "id"));
        return { status: 200, json: withState(row, await knownOf(surface)) };
      },
    },
  ];
}

function changeRoutes(surface: Surface): readonly Route[] {
  const { backends, inTurn } = recordBookOf(surface);
  return [
    defineRoute({
      method: "POST",
      path: "/backends",
      noun: "backends",
      summary: "Register a backend",
      operation: "create",
      body: input,
      replies: {
        201: { description: "The backend.", schema: backendBodySchema },
        404: typeDoc,
        409: takenDoc,
        422: refusedDoc,
      },
      handle: ({ isOperator }, body) =>
        inTurn(async () => ({
          status: 201,
          json: backendBody(await createBackend(surface, checked(body), isOperator)),
        })),
    }),
    defineRoute({
      method: "PUT",
      path: "/backends/{id}",
      noun: "backends",
      summary: "Replace a backend",
      operation: "update",
      body: input,
      replies: {
        200: { description: "The backend.", schema: backendBodySchema },
        404: notFoundDoc,
        409: takenDoc,
        422: refusedDoc,
      },
      handle: (call, body) =>
        inTurn(async () => {
          const settings = checked(body);
          const row = await backends.require(paramOf(call, "id"));
          const { isOperator } = call;
          return { status: 200, json: backendBody(await updateBackend(surface, row, { settings, isOperator })) };
        }),
    }),
    {
      method: "DELETE",
      path: "/backends/{id}",
      noun: "backends",
      summary: "Remove a backend, also from its groups",
      operation: "delete",
      replies: { 200: { description: "It is removed.", schema: z.string() }, 404: notFoundDoc, 409: takenDoc },
      handle: (call) =>
        inTurn(async () => {
          await removeBackend(surface, await backends.require(paramOf(call, "id")));
          return { status: 200, json: "backend removed" };
        }),
    },
  ];
}

function withState(row: Row<Backend>, known: Known) {
  const { createdAt, updatedAt, ...rest } = backendBody(row);
  return { ...rest, ...stateBody(row.value, known), createdAt, updatedAt };
}

function checked({ name = "", baseUrl = "", type = "", prune, apiKey, headers }: z.infer<typeof input>) {
  if (!isName(name)) throw refuse("name", "name is required, without control characters");
  if (!HOST.test(baseUrl))
    throw refuse("baseUrl", "baseURL is required, with the host that is meant, such as http://127.0.0.1:11434");
  if (type !== "ollama" && type !== "vllm")
    throw refuse(
      "type",
      "type is required to be ollama, or vllm for whatever else speaks OpenAI's protocol; OpenAI and Gemini come with their keys: POST /providers/openai/configure",
    );
  checkSecrets({ apiKey, headers });
  return {
    name,
    baseUrl,
    type,
    ...(prune !== undefined && { prune }),
    ...(apiKey !== undefined && { apiKey }),
    ...(headers !== undefined && { headers }),
  };
}

function refuse(field: string, problem: string): HttpError {
  return new HttpError(422, `invalid backend: ${problem}`, { param: field });
}
