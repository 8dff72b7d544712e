import { z } from "zod";
import { paramOf } from "../call.ts";
import { createHook, requireHook, updateHook } from "../records/change-hook.ts";
import { hookBody, hookBodySchema, hookInput, isRemoteRow } from "../records/hook-body.ts";
import { pageReply, readPage } from "../records/page.ts";
import { recordBookOf } from "../records/record-book.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { notFoundDoc, pageDoc, pageQuery, pageTooLongDoc, refusedDoc, takenDoc } from "./docs.ts";

const one = { description: "The hook.", schema: hookBodySchema };

/** Hooks behind an address. */
export function hookRoutes(surface: Surface): readonly Route[] {
  return [...readRoutes(surface), ...changeRoutes(surface)];
}

function readRoutes(surface: Surface): readonly Route[] {
  const { hooks } = recordBookOf(surface);
  return [
    {
      method: "GET",
      path: "/hooks/remote",
      noun: "hooks",
      summary: "List remote hooks, the newest first",
      operation: "list",
      query: pageQuery,
      replies: { 200: pageDoc("A page of hooks.", z.array(hookBodySchema)), 400: pageTooLongDoc },
      handle: async (call) => {
        const page = readPage(call);
        const rows = (await hooks.list()).filter(isRemoteRow);
        return pageReply(rows, page, (row) => hookBody(row, call.isOperator));
      },
    },
    {
      method: "GET",
      path: "/hooks/remote/{id}",
      noun: "hooks",
      summary: "Get a remote hook",
      operation: "get",
      replies: { 200: one, 404: notFoundDoc },
      handle: async (call) => ({
        status: 200,
        json: hookBody(await requireHook(surface, paramOf(call, "id")), call.isOperator),
      }),
    },
  ];
}

function changeRoutes(surface: Surface): readonly Route[] {
  const { hooks, inTurn } = recordBookOf(surface);
  return [
    defineRoute({
      method: "POST",
      path: "/hooks/remote",
      noun: "hooks",
      summary: "Register a remote hook",
      operation: "create",
      body: hookInput,
      replies: { 201: one, 409: takenDoc, 422: refusedDoc },
      handle: ({ isOperator }, body) =>
        inTurn(async () => ({ status: 201, json: hookBody(await createHook(surface, body, isOperator), isOperator) })),
    }),
    defineRoute({
      method: "PUT",
      path: "/hooks/remote/{id}",
      noun: "hooks",
      summary: "Replace a remote hook",
      operation: "update",
      body: hookInput,
      replies: { 200: one, 404: notFoundDoc, 409: takenDoc, 422: refusedDoc },
      handle: (call, body) =>
        inTurn(async () => {
          const { isOperator } = call;
          const row = await requireHook(surface, paramOf(call, "id"));
          return {
            status: 200,
            json: hookBody(await updateHook(surface, { row, input: body, isOperator }), isOperator),
          };
        }),
    }),
    {
      method: "DELETE",
      path: "/hooks/remote/{id}",
      noun: "hooks",
      summary: "Remove a remote hook",
      operation: "delete",
      replies: { 200: { description: "It is removed.", schema: z.string() }, 404: notFoundDoc, 409: takenDoc },
      handle: (call) =>
        inTurn(async () => {
          await hooks.remove(await requireHook(surface, paramOf(call, "id")));
          return { status: 200, json: "deleted" };
        }),
    },
  ];
}
