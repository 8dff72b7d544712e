import { z } from "zod";
import { type Call, paramOf } from "../call.ts";
import type { Members } from "../records/assignment.ts";
import { groupBody, groupBodySchema } from "../records/group-body.ts";
import { assign, groupsWith, membersOf, unassign } from "../records/group-members.ts";
import { refuseEmbedGroup } from "../records/keep-embedding.ts";
import { recordBookOf } from "../records/record-book.ts";
import type { Row, Rows } from "../records/rows.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { immutableDoc, notFoundDoc, takenDoc } from "./docs.ts";

interface MemberKind<T> {
  readonly members: Members;
  readonly singular: "backend" | "model";
  /** What an assignment is answered with: the original has one for each. */
  readonly status: 200 | 201;
  readonly rows: Rows<T>;
  body(row: Row<T>): unknown;
  readonly schema: z.ZodType;
}

export function memberRoutes<T>(surface: Surface, kind: MemberKind<T>): readonly Route[] {
  return [...listRoutes(surface, kind), ...changeRoutes(surface, kind)];
}

function listRoutes<T>(surface: Surface, { members, singular, rows, body, schema }: MemberKind<T>): readonly Route[] {
  const { groups } = recordBookOf(surface);
  return [
    {
      method: "GET",
      path: `/${singular}-affinity/{groupID}/${members}`,
      noun: "affinity",
      summary: `List the ${members} of a group, the last assigned first`,
      operation: "list",
      replies: { 200: { description: `Its ${members}; none where there is no such group.`, schema } },
      handle: async (call) => {
        const group = await groups.find(paramOf(call, "groupID"));
        const keys = group === undefined ? [] : await membersOf(surface, group, members);
        const known = new Map((await rows.list()).map((row) => [row.key, row]));
        const found = keys.flatMap((key) => known.get(key) ?? []);
        return { status: 200, json: found.map(body) };
      },
    },
    {
      method: "GET",
      path: `/${singular}-affinity/{${singular}ID}/groups`,
      noun: "affinity",
      summary: `List the groups of a ${singular}, the last to which it was assigned first`,
      operation: "list",
      replies: {
        200: { description: `Its groups; none where there is no such ${singular}.`, schema: z.array(groupBodySchema) },
      },
      handle: async (call) => {
        const id = paramOf(call, `${singular}ID`);
        const row = (await rows.find(id)) ?? (await rows.list()).find(({ key }) => key === id);
        const found = row === undefined ? [] : await groupsWith(surface, members, row.key);
        return { status: 200, json: found.map(groupBody) };
      },
    },
  ];
}

function changeRoutes<T>(surface: Surface, { members, singular, status, rows }: MemberKind<T>): readonly Route[] {
  const { groups, inTurn } = recordBookOf(surface);
  const path = `/${singular}-affinity/{groupID}/${members}/{${singular}ID}`;
  const groupOf = (call: Call) => groups.require(paramOf(call, "groupID"));
  const memberOf = (call: Call) => rows.require(paramOf(call, `${singular}ID`));
  return [
    {
      method: "POST",
      path,
      noun: "affinity",
      summary: `Assign a ${singular} to a group`,
      operation: "create",
      replies: { [status]: { description: "It is assigned.", schema: z.string() }, 404: notFoundDoc, 409: takenDoc },
      handle: (call) =>
        inTurn(async () => {
          const group = await groupOf(call);
          await assign(surface, group, members, (await memberOf(call)).key);
          return { status, json: `${singular} assigned` };
        }),
    },
    {
      method: "DELETE",
      path,
      noun: "affinity",
      summary: `Take a ${singular} out of a group`,
      operation: "delete",
      replies: {
        200: { description: "It is taken out.", schema: z.string() },
        ...(members === "models" && { 403: immutableDoc }),
        404: notFoundDoc,
        409: takenDoc,
      },
      handle: (call) =>
        inTurn(async () => {
          const group = await groupOf(call);
          if (members === "models") refuseEmbedGroup(group.key);
          await unassign(surface, group, members, (await memberOf(call)).key);
          return { status: 200, json: `${singular} removed` };
        }),
    },
  ];
}
