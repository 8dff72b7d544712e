import { CatenaryError, type Runtime } from "@catenary/core";
import { allRoutes } from "./all-routes.ts";
import { createDispatch } from "./dispatch/create-dispatch.ts";
import { RouteTable } from "./dispatch/route-table.ts";
import { respond } from "./fetch/respond.ts";
import type { HttpHandler } from "./http-handler.ts";
import type { HttpOptions } from "./http-options.ts";
import { openApiDocument } from "./openapi/open-api-document.ts";
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
  const routes = allRoutes(surface);
  const dispatch = createDispatch(surface, new RouteTable(routes));
  return Object.assign(
    (request: Request, fetchOptions = {}) => respond(dispatch, surface.clock, request, fetchOptions),
    {
      openApi: () => openApiDocument(routes, { mount: options.mount ?? "", version: options.version ?? "dev" }),
      hasKeys: options.keys !== undefined && options.keys.length > 0,
      dispatch,
      clock: surface.clock,
    },
  );
}

function checkMount(mount: unknown): void {
  if (mount === undefined || mount === "") return;
  if (typeof mount === "string" && /^(?:\/[\w.~-]+)+$/.test(mount)) return;
  throw new CatenaryError(
    "http_options_invalid",
    `mount expects a path such as "/ai", without a slash at its end; got ${JSON.stringify(mount)}`,
  );
}
