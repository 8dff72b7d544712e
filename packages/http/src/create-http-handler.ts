import { CatenaryError, type Runtime } from "@catenary/core";
import { allRoutes } from "./all-routes.ts";
import { buildHandler } from "./build-handler.ts";
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
  checkMount(options.mount);
  const surface = createSurface(runtime, options);
  return buildHandler(surface, allRoutes(surface));
}

function checkMount(mount: unknown): void {
  if (mount === undefined || mount === "") return;
  if (typeof mount === "string" && /^(?:\/[\w.~-]+)+$/.test(mount)) return;
  throw new CatenaryError(
    "http_options_invalid",
    `mount expects a path such as "/ai", without a slash at its end; got ${JSON.stringify(mount)}`,
  );
}
