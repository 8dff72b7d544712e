import { z } from "zod";
import { backendBody, backendBodySchema } from "../records/backend-body.ts";
import { modelBody, modelBodySchema } from "../records/model-body.ts";
import { recordBookOf } from "../records/record-book.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { memberRoutes } from "./member-routes.ts";

/** Which backends and which models are in which groups. */
export function affinityRoutes(surface: Surface): readonly Route[] {
  const { backends, models } = recordBookOf(surface);
  return [
    ...memberRoutes(surface, {
      members: "backends",
      singular: "backend",
      status: 201,
      rows: backends,
      body: backendBody,
      schema: z.array(backendBodySchema),
    }),
    ...memberRoutes(surface, {
      members: "models",
      singular: "model",
      status: 200,
      rows: models,
      body: modelBody,
      schema: z.array(modelBodySchema),
    }),
  ];
}
