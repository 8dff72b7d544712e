import type { PromptResult } from "@catenary/core";
import type { Surface } from "../surface.ts";

type Answered = Pick<PromptResult, "model" | "backend" | "usage" | "route">;

/** One line for a model call outside of any run: who answered, why, and after whom. */
export function logCall(surface: Surface, requestId: string, { model, backend, usage, route }: Answered): void {
  const last = route.tried.at(-1);
  surface.logger.log("info", "model_call", {
    requestId,
    backend,
    model,
    policy: route.policy,
    ...(route.group !== undefined && { group: route.group }),
    ...(last?.durationMs !== undefined && { durationMs: last.durationMs }),
    usage,
    failed: route.tried.flatMap(({ backend: at, model: name, error }) =>
      error === undefined ? [] : [{ backend: at, model: name, code: error.code, failure: error.failure }],
    ),
  });
}
