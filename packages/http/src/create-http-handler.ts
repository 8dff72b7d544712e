import type { Runtime } from "@catenary/core";
import { allRoutes } from "./all-routes.ts";
import { buildHandler } from "./build-handler.ts";
import { checkHttpOptions } from "./check-http-options.ts";
import type { HttpHandler } from "./http-handler.ts";
import type { HttpOptions } from "./http-options.ts";
import { createSurface } from "./surface.ts";

/**
 * The HTTP surface of a runtime, to be mounted into a host's own server: `./node`, `./express` and `./hono` do that for their hosts;
 * `Bun.serve`, `Deno.serve` and workers call it themselves.
 *
 * @throws CatenaryError `http_options_invalid`
 */
export function createHttpHandler(runtime: Runtime, options: HttpOptions = {}): HttpHandler {
  checkHttpOptions(options);
  const surface = createSurface(runtime, options);
  return buildHandler(surface, allRoutes(surface));
}
