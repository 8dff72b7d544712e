import type { Route } from "./route.ts";
import { documentRoutes } from "./routes/document-routes.ts";
import { embeddingRoutes } from "./routes/embedding-routes.ts";
import { openaiRoutes } from "./routes/openai-routes.ts";
import { promptRoutes } from "./routes/prompt-routes.ts";
import { recordRoutes } from "./routes/record-routes.ts";
import { runRoutes } from "./routes/run-routes.ts";
import { supportedRoutes } from "./routes/supported-routes.ts";
import { systemRoutes } from "./routes/system-routes.ts";
import { taskRoutes } from "./routes/task-routes.ts";
import type { Surface } from "./surface.ts";

/** The table of routes, those of the nouns that are wanted. One line for each noun. */
export function allRoutes(surface: Surface): readonly Route[] {
  const nouns: readonly string[] | undefined = surface.options.routes;
  const all: readonly Route[] = [
    ...systemRoutes(surface),
    ...taskRoutes(surface),
    ...supportedRoutes(surface),
    ...runRoutes(surface),
    ...promptRoutes(surface),
    ...embeddingRoutes(surface),
    ...recordRoutes(surface),
    ...openaiRoutes(surface),
    ...documentRoutes(surface, () => routes),
  ];
  const routes = nouns === undefined ? all : all.filter(({ noun }) => nouns.includes(noun));
  return routes;
}
