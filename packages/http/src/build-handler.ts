import { createDispatch } from "./dispatch/create-dispatch.ts";
import { RouteTable } from "./dispatch/route-table.ts";
import { respond } from "./fetch/respond.ts";
import type { FetchOptions, HttpHandler } from "./http-handler.ts";
import { openApiDocument } from "./openapi/open-api-document.ts";
import type { Route } from "./route.ts";
import type { Surface } from "./surface.ts";

/** A handler of a table of routes. */
export function buildHandler(surface: Surface, routes: readonly Route[]): HttpHandler {
  const { clock, options } = surface;
  const dispatch = createDispatch(surface, new RouteTable(routes));
  const handle = (request: Request, fetchOptions: FetchOptions = {}) => respond(dispatch, clock, request, fetchOptions);
  return Object.assign(handle, {
    load: async () => surface.loadRecords(),
    openApi: () => openApiDocument(routes, { mount: options.mount ?? "", version: options.version ?? "dev" }),
    hasKeys: options.keys !== undefined && options.keys.length > 0,
    dispatch,
    clock,
  });
}
