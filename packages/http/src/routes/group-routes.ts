import type { AffinityGroup } from "@catenary/core";
import { z } from "zod";
import { paramOf } from "../call.ts";
import { HttpError } from "../errors/http-error.ts";
import { createGroup, removeGroup, updateGroup } from "../records/change-group.ts";
import { groupBody, groupBodySchema } from "../records/group-body.ts";
import { isName } from "../records/is-name.ts";
import { madeInput, needing } from "../records/made-body.ts";
import { pageReply, readPage } from "../records/page.ts";
import { recordBookOf } from "../records/record-book.ts";
import type { Row } from "../records/rows.ts";
import { defineRoute, type Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { immutableDoc, notFoundDoc, pageDoc, pageQuery, refusedDoc, takenDoc } from "./docs.ts";

const input = needing({ ...madeInput, name: z.string().optional(), purposeType: z.string().optional() }, ["name"]);
const one = { description: "The group.", schema: groupBodySchema };
const several = { description: "Groups, the newest first.", schema: z.array(groupBodySchema) };

export function groupRoutes(surface: Surface): readonly Route[] {
  return [...readRoutes(surface), ...changeRoutes(surface)];
}

function readRoutes(surface: Surface): readonly Route[] {
  const { groups } = recordBookOf(surface);
  return [
    {
      method: "GET",
      path: "/groups",
      noun: "groups",
      summary: "List all affinity groups",
      operation: "list",
      replies: { 200: several },
      handle: async () => ({ status: 200, json: (await groups.list()).map(groupBody) }),
    },
    {
      method: "GET",
      path: "/groups/{id}",
      noun: "groups",
      summary: "Get an affinity group",
      operation: "get",
      replies: { 200: one, 404: notFoundDoc },
      handle: async (call) => ({ status: 200, json: groupBody(await groups.require(paramOf(call, "id"))) }),
    },
    {
      method: "GET",
      path: "/group-by-name/{name}",
      noun: "groups",
      summary: "Get an affinity group by its name",
      operation: "get",
      replies: { 200: one, 404: notFoundDoc },
      handle: async (call) => {
        const name = paramOf(call, "name");
        const row = (await groups.list()).find((group) => nameOf(group) === name);
        if (row === undefined) throw groups.notFound(name);
        return { status: 200, json: groupBody(row) };
      },
    },
    {
      method: "GET",
      path: "/group-by-purpose/{purpose}",
      noun: "groups",
      summary: "List the affinity groups of a purpose",
      operation: "list",
      query: pageQuery,
      replies: { 200: pageDoc(several.description, several.schema) },
      handle: async (call) => {
        const page = readPage(call, { most: Number.POSITIVE_INFINITY });
        const purpose = paramOf(call, "purpose");
        const rows = (await groups.list()).filter(({ value }) => (value.purpose ?? "") === purpose);
        return pageReply(rows, page, groupBody);
      },
    },
  ];
}

function changeRoutes(surface: Surface): readonly Route[] {
  const { groups, inTurn } = recordBookOf(surface);
  return [
    defineRoute({
      method: "POST",
      path: "/groups",
      noun: "groups",
      summary: "Make an affinity group",
      operation: "create",
      body: input,
      replies: { 201: one, 409: takenDoc, 422: refusedDoc },
      handle: (_call, body) =>
        inTurn(async () => ({ status: 201, json: groupBody(await createGroup(surface, checked(body))) })),
    }),
    defineRoute({
      method: "PUT",
      path: "/groups/{id}",
      noun: "groups",
      summary: "Rename an affinity group, and say what it is for; its members stay",
      operation: "update",
      body: input,
      replies: { 200: one, 403: immutableDoc, 404: notFoundDoc, 409: takenDoc, 422: refusedDoc },
      handle: (call, body) =>
        inTurn(async () => {
          const row = await groups.require(paramOf(call, "id"));
          return { status: 200, json: groupBody(await updateGroup(surface, row, checked(body))) };
        }),
    }),
    {
      method: "DELETE",
      path: "/groups/{id}",
      noun: "groups",
      summary: "Remove an affinity group; its members stay",
      operation: "delete",
      replies: {
        200: { description: "It is removed.", schema: z.string() },
        403: immutableDoc,
        404: notFoundDoc,
        409: takenDoc,
      },
      handle: (call) =>
        inTurn(async () => {
          await removeGroup(surface, await groups.require(paramOf(call, "id")));
          return { status: 200, json: "deleted" };
        }),
    },
  ];
}

function nameOf({ id, value }: Row<AffinityGroup>): string {
  return value.name ?? id;
}

function checked({ name = "", purposeType = "" }: z.infer<typeof input>) {
  if (!isName(name))
    throw new HttpError(422, "invalid affinity group: name expects a name, without control characters", {
      param: "name",
    });
  return { name, purpose: purposeType };
}
