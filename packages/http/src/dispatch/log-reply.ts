import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import type { Place } from "./locate.ts";

export interface Replied {
  readonly method: string;
  readonly place: Place;
  readonly requestId: string;
  readonly route: Route | undefined;
  readonly status: number;
  readonly startedAt: number;
}

const LONGEST_PATH = 200;

/** One line for each request. The query and the body stay out of it: they may hold what is secret. */
export function logReply(surface: Surface, { method, place, requestId, route, status, startedAt }: Replied): void {
  surface.logger.log(status >= 500 ? "error" : "info", "request", {
    requestId,
    method,
    path: place.path.slice(0, LONGEST_PATH),
    ...(route !== undefined && { route: route.path }),
    status,
    durationMs: surface.now() - startedAt,
  });
}
