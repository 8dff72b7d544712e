import type { RouteRecord, Usage } from "@catenary/core";
import { backendNameOf } from "../backend-name-of.ts";
import type { Call } from "../call.ts";
import type { Surface } from "../surface.ts";
import { givenUpBecause } from "./server-stops.ts";

/** A call of a model as the router reports it. */
interface Routed {
  /** Undefined where nobody could be asked. */
  readonly model: string | undefined;
  readonly backend: string | undefined;
  readonly usage: Usage | undefined;
  readonly route: RouteRecord;
}

/** One line for a model call outside of any run: who had it, why, and after whom. */
export function logCall(surface: Surface, { requestId, signal }: Call, { model, backend, usage, route }: Routed): void {
  const last = route.tried.at(-1);
  const error = last?.error;
  const isAnswered = last !== undefined && error === undefined;
  const givenUp = isAnswered ? undefined : givenUpBecause(signal);
  surface.logger.log(isAnswered || givenUp !== undefined ? "info" : "warn", "model_call", {
    requestId,
    ...(backend !== undefined && { backend, ...backendNameOf(surface.runtime, backend) }),
    ...(model !== undefined && { model }),
    policy: route.policy,
    ...(route.group !== undefined && { group: route.group }),
    ...(last !== undefined && { durationMs: last.durationMs }),
    ...(last?.firstTokenMs !== undefined && { firstTokenMs: last.firstTokenMs }),
    ...(usage !== undefined && { usage }),
    ...(givenUp !== undefined && { outcome: "aborted", givenUp }),
    ...(error !== undefined && givenUp === undefined && { code: error.code, failure: error.failure }),
    failed: (isAnswered ? route.tried : route.tried.slice(0, -1)).flatMap(({ backend: at, model: name, error: of }) =>
      of === undefined ? [] : [{ backend: at, model: name, code: of.code, failure: of.failure }],
    ),
  });
}
