import { z } from "zod";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";

const version = z.object({ version: z.string(), nodeInstanceID: z.string(), tenancy: z.string() });

const NO_TENANCY = "00000000-0000-0000-0000-000000000000";

export function systemRoutes(surface: Surface): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/health",
      noun: "system",
      summary: "Whether the process answers",
      operation: "get",
      access: "everyone",
      replies: { 200: { description: "It does; there is no body." } },
      handle: () => ({ status: 200, text: "" }),
    },
    {
      method: "GET",
      path: "/version",
      noun: "system",
      summary: "What answers here",
      operation: "get",
      replies: { 200: { description: "The version, and the id of this process.", schema: version } },
      handle: () => ({
        status: 200,
        json: {
          version: surface.options.version ?? "dev",
          nodeInstanceID: surface.instanceId,
          tenancy: surface.options.tenancy ?? NO_TENANCY,
        } satisfies z.infer<typeof version>,
      }),
    },
  ];
}
