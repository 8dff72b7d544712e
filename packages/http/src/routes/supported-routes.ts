import { z } from "zod";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";

export function supportedRoutes({ runtime }: Surface): readonly Route[] {
  return [
    {
      method: "GET",
      path: "/supported",
      noun: "execution",
      summary: "The names of the hooks that chains can call",
      operation: "list",
      replies: { 200: { description: "The names.", schema: z.array(z.string()) } },
      handle: async () => {
        await runtime.hooks.load();
        return { status: 200, json: runtime.hooks.list().map(({ id }) => id) };
      },
    },
  ];
}
