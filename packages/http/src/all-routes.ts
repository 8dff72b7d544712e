import type { Route } from "./route.ts";
import { systemRoutes } from "./routes/system-routes.ts";
import type { Surface } from "./surface.ts";

/** The table of routes. One line for each noun. */
export function allRoutes(surface: Surface): readonly Route[] {
  return [...systemRoutes(surface)];
}
