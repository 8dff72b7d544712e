import {
  type Logger,
  loggedError,
  type RecordedEvent,
  type RouteRecord,
  type Runtime,
  type StepRecord,
} from "@catenary/core";

type NameOf = (backendId: string) => { readonly backendName?: string };

/**
 * Writes what the runtime's own log leaves out: each way that was taken, why a call went where it went, and each call of a model or a
 * hook. Names, numbers and codes only.
 */
export function logSteps(runtime: Runtime, logger: Logger): void {
  // Backends that come over REST have ids that nobody chose.
  const nameOf: NameOf = (id) => {
    const name = runtime.backends.get(id)?.name;
    return name === undefined || name === id ? {} : { backendName: name };
  };
  // Heard as the runtime's own log hears them, so that these lines follow on its own.
  runtime.on("*", (event) => {
    if (event.kind === "step_completed" || event.kind === "step_failed") {
      logStep(logger, event, event.step, nameOf);
      if (event.goto !== undefined) logTransition(logger, event, event.step, event.goto);
    } else if (event.kind === "step_retrying") {
      logStep(logger, event, event.step, nameOf);
    }
  });
}

function placeOf({ runId, chainId }: RecordedEvent, { key, taskId, attempt }: StepRecord) {
  return { runId, chainId, key, taskId, attempt };
}

function logTransition(logger: Logger, event: RecordedEvent, step: StepRecord, goto: string): void {
  const isFailure = step.error !== undefined;
  logger.log("info", "transition", { ...placeOf(event, step), goto, ...(isFailure && { isFailure }) });
}

function logStep(logger: Logger, event: RecordedEvent, step: StepRecord, nameOf: NameOf): void {
  const place = placeOf(event, step);
  if (step.route !== undefined) logRoute(logger, place, step.route, nameOf);
  if (step.handler !== "hook") return;
  const { durationMs, error } = step;
  logger.log(error === undefined ? "info" : "warn", "hook_call", {
    ...place,
    durationMs,
    ...(error !== undefined && { code: error.code, failure: error.failure, ...loggedError(error) }),
  });
}

function logRoute(
  logger: Logger,
  place: object,
  { tried, dropped, scores: _, ...route }: RouteRecord,
  nameOf: NameOf,
): void {
  const last = tried.at(-1);
  logger.log("info", "route", {
    ...place,
    ...route,
    ...(last !== undefined && { backend: last.backend, ...nameOf(last.backend), model: last.model }),
    tried: tried.length,
    ...(dropped.length > 0 && { dropped: dropped.map(({ backend, model, why }) => ({ backend, model, why })) }),
  });
  for (const call of tried) {
    const { startedAt: _startedAt, ...fields } = call;
    const isGivenUp = call.error?.failure === "cancelled";
    logger.log(call.error === undefined || isGivenUp ? "info" : "warn", "model_call", {
      ...place,
      ...fields,
      ...nameOf(call.backend),
      ...(isGivenUp && { outcome: "aborted" }),
    });
  }
}
