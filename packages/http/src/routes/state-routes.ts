import { z } from "zod";
import { backendBody, backendBodySchema } from "../records/backend-body.ts";
import { knownOf } from "../records/known-of.ts";
import { recordBookOf } from "../records/record-book.ts";
import { stateBody, stateFields } from "../records/state-body.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";

const state = z.object({ id: z.string(), name: z.string(), ...stateFields, backend: backendBodySchema });

/** What is served right now. */
export function stateRoutes(surface: Surface): readonly Route[] {
  const { backends } = recordBookOf(surface);
  return [
    {
      method: "GET",
      path: "/state",
      noun: "system",
      summary: "What every backend serves right now",
      operation: "list",
      replies: { 200: { description: "The backends that were asked.", schema: z.array(state) } },
      handle: async () => {
        const rows = await backends.list();
        const known = await knownOf(surface);
        const asked = rows.filter(({ key }) => known.states.some(({ backend }) => backend.id === key));
        const json = asked.map((row) => {
          const backend = backendBody(row);
          return { id: backend.id, name: backend.name, ...stateBody(row.value, known), backend };
        });
        return { status: 200, json };
      },
    },
  ];
}
