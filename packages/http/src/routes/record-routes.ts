import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import { affinityRoutes } from "./affinity-routes.ts";
import { backendRoutes } from "./backend-routes.ts";
import { downloadRoutes } from "./download-routes.ts";
import { groupRoutes } from "./group-routes.ts";
import { hookRoutes } from "./hook-routes.ts";
import { modelRoutes } from "./model-routes.ts";
import { providerRoutes } from "./provider-routes.ts";
import { queueRoutes } from "./queue-routes.ts";
import { stateRoutes } from "./state-routes.ts";
import { taskchainRoutes } from "./taskchain-routes.ts";

/** Everything that can be registered, and what becomes of it. */
export function recordRoutes(surface: Surface): readonly Route[] {
  return [
    ...backendRoutes(surface),
    ...modelRoutes(surface),
    ...groupRoutes(surface),
    ...affinityRoutes(surface),
    ...queueRoutes(surface),
    ...downloadRoutes(surface),
    ...providerRoutes(surface),
    ...hookRoutes(surface),
    ...taskchainRoutes(surface),
    ...stateRoutes(surface),
  ];
}
