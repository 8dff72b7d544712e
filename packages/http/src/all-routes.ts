import type { Route } from "./route.ts";
import { documentRoutes } from "./routes/document-routes.ts";
import { recordRoutes } from "./routes/record-routes.ts";
import { systemRoutes } from "./routes/system-routes.ts";
import type { Surface } from "./surface.ts";

/** The table of routes. One line for each noun. */
export function allRoutes(surface: Surface): readonly Route[] {
  const routes: readonly Route[] = [
    ...systemRoutes(surface),
    ...recordRoutes(surface),
    ...documentRoutes(surface, () => routes),
  ];
  return routes;
}
