import { type JsonObject, validateChain } from "@catenary/core";
import { z } from "zod";
import { paramOf } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import { pageReply, readPage } from "../records/page.ts";
import { readChainBody } from "../records/read-chain-body.ts";
import { recordBookOf } from "../records/record-book.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { notFoundDoc, pageDoc, pageQuery, refusedDoc } from "./docs.ts";

const input = z.looseObject({
  id: z.string().optional(),
  tasks: z.array(z.looseObject({})).optional(),
});

const finding = z.object({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  path: z.string(),
  message: z.string(),
  suggestion: z.string().optional(),
});

const output = z.looseObject({
  id: z.string(),
  tasks: z.array(z.looseObject({ id: z.string().optional() })),
  findings: z.array(finding).optional().describe("What is wrong with it, where anything is. Ignored on input."),
});

const one = { description: "The chain.", schema: output };
const readOnlyDoc = { description: "It is part of the program and read-only." };

/** Chains that are kept. Errors in them do not keep them out; only what runs them refuses them. */
export function taskchainRoutes(surface: Surface): readonly Route[] {
  return [...readRoutes(surface), ...changeRoutes(surface)];
}

function readRoutes(surface: Surface): readonly Route[] {
  const { chains } = recordBookOf(surface);
  return [
    {
      method: "GET",
      path: "/taskchains",
      noun: "taskchains",
      summary: "List kept chains, the newest first",
      operation: "list",
      query: pageQuery,
      replies: { 200: pageDoc("A page of chains.", z.array(output)) },
      handle: async (call) => {
        const page = readPage(call, { least: 1, most: Number.POSITIVE_INFINITY });
        return pageReply(await chains.list(), page, ({ json }) => withFindings(surface, json));
      },
    },
    {
      method: "GET",
      path: "/taskchains/{id}",
      noun: "taskchains",
      summary: "Get a kept chain",
      operation: "get",
      replies: { 200: one, 404: notFoundDoc },
      handle: async (call) => {
        const id = paramOf(call, "id");
        const json = await chains.get(id);
        // Clients of the original look for its words.
        if (json === undefined) throw notFound(id, "failed to get task chain: libdb: ");
        return { status: 200, json: withFindings(surface, json) };
      },
    },
  ];
}

function changeRoutes(surface: Surface): readonly Route[] {
  const { chains, inTurn } = recordBookOf(surface);
  return [
    defineRoute({
      method: "POST",
      path: "/taskchains",
      noun: "taskchains",
      summary: "Keep a chain; it replaces the one of its id",
      operation: "create",
      body: input,
      replies: { 201: one, 409: readOnlyDoc, 422: refusedDoc },
      handle: (_call, body) =>
        inTurn(async () => {
          const { id, json, chain } = readChainBody(body, surface.limits.chainValues);
          await chains.put(id, json, chain);
          return { status: 201, json: withFindings(surface, json) };
        }),
    }),
    defineRoute({
      method: "PUT",
      path: "/taskchains/{id}",
      noun: "taskchains",
      summary: "Replace a kept chain",
      operation: "update",
      body: input,
      replies: { 200: one, 404: notFoundDoc, 409: readOnlyDoc, 422: refusedDoc },
      handle: (call, body) =>
        inTurn(async () => {
          const id = paramOf(call, "id");
          if (body.id !== undefined && body.id !== "" && body.id !== id)
            throw new HttpError(422, "the id in the body is not the one in the path: leave it out", { param: "id" });
          const { json, chain } = readChainBody({ ...body, id }, surface.limits.chainValues);
          if ((await chains.get(id)) === undefined) throw notFound(id);
          await chains.put(id, json, chain);
          return { status: 200, json: withFindings(surface, json) };
        }),
    }),
    {
      method: "DELETE",
      path: "/taskchains/{id}",
      noun: "taskchains",
      summary: "Remove a kept chain",
      operation: "delete",
      replies: { 200: { description: "It is removed.", schema: z.string() }, 404: notFoundDoc, 409: readOnlyDoc },
      handle: (call) =>
        inTurn(async () => {
          const id = paramOf(call, "id");
          if (!(await chains.delete(id))) throw notFound(id);
          return { status: 200, json: `task chain ${id} deleted` };
        }),
    },
  ];
}

function withFindings({ runtime }: Surface, json: JsonObject): JsonObject {
  const findings = validateChain(json, { runtime });
  if (findings.length === 0) return json;
  // Findings are plain texts; as JSON they are what they are.
  return { ...json, findings: findings.map((one) => ({ ...one })) };
}

function notFound(id: string, before = ""): HttpError {
  return new HttpError(404, `${before}not found: there is no task chain ${JSON.stringify(id.slice(0, 200))}`);
}
