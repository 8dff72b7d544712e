import type { LogLevel } from "@catenary/core";
import type { Reply } from "../reply.ts";
import type { Route } from "../route.ts";
import type { Surface } from "../surface.ts";
import type { Outcome } from "./answer.ts";
import type { Asked } from "./asked.ts";
import { errorFields } from "./error-fields.ts";

/** The status of a request whose client did not wait for it. Nobody is sent it; logs know it by this number. */
export const CLIENT_LEFT = 499;

export interface Replied {
  readonly asked: Asked;
  readonly route: Route | undefined;
  readonly reply: Reply;
  readonly startedAt: number;
  /** How its stream ended, where it is one. */
  readonly outcome?: Outcome;
}

const LONGEST_PATH = 200;

/** One line for each request, when it is over. The query and the body stay out of it: they may hold what is secret. */
export function logReply(surface: Surface, { asked, route, reply, startedAt, outcome }: Replied): void {
  const { method, place, requestId, notes } = asked;
  const { status } = reply;
  const ended = outcomeOf(status, outcome, notes?.outcome);
  surface.logger.log(levelOf(status, ended, notes?.code), "request", {
    requestId,
    method,
    path: place.path.slice(0, LONGEST_PATH),
    ...(route !== undefined && { route: route.path }),
    status,
    durationMs: surface.now() - startedAt,
    ...(status >= 400 && "json" in reply && errorFields(reply.json)),
    ...notes,
    ...(ended !== undefined && { outcome: ended }),
  });
}

/** A stream may tell of its failure by itself, and then end well. */
function outcomeOf(status: number, outcome: Outcome | undefined, noted: unknown): Outcome | undefined {
  if (status === CLIENT_LEFT || outcome === "left") return "left";
  return outcome !== undefined && noted === "broke" ? noted : outcome;
}

function levelOf(status: number, outcome: Outcome | undefined, code: unknown): LogLevel {
  if (outcome === "broke") return code === "server_stopping" ? "warn" : "error";
  return status >= 500 ? "error" : "info";
}
