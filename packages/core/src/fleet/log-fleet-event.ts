import type { Logger, LogLevel } from "../surroundings/logger.ts";
import { percentOf } from "./download.ts";
import type { FleetEvent } from "./fleet-event.ts";

/** Writes one structured record for what happened to a backend. Messages of errors are those of servers, not of models. A name stands beside the id where it is another. */
export function logFleetEvent(
  logger: Logger,
  event: FleetEvent,
  nameOf: (backend: string) => string | undefined,
): void {
  const named = (backend: string) => {
    const name = nameOf(backend);
    return { backend, ...(name !== undefined && name !== backend && { backendName: name }) };
  };
  const { kind, at } = event;
  if ("download" in event) {
    const { download } = event;
    const { id, backend, model, tries, error, retryAt } = download;
    const percent = percentOf(download);
    logger.log(retryAt === undefined ? LEVELS[kind] : "warn", kind, {
      at,
      id,
      ...named(backend),
      model,
      tries,
      ...(percent !== undefined && { percent }),
      ...(retryAt !== undefined && { retryAt }),
      ...(error !== undefined && { code: error.code, failure: error.failure, error: error.message }),
    });
    return;
  }
  if (event.kind === "backend_unreachable") {
    const { backend, error } = event;
    logger.log("warn", kind, { at, ...named(backend), code: error.code, failure: error.failure, error: error.message });
    return;
  }
  const { kind: _kind, backend, ...fields } = event;
  logger.log(LEVELS[kind], kind, { ...fields, ...named(backend) });
}

const LEVELS: Readonly<Record<FleetEvent["kind"], LogLevel>> = {
  backend_reachable: "info",
  backend_unreachable: "warn",
  models_changed: "info",
  download_queued: "info",
  download_started: "info",
  download_progress: "debug",
  download_completed: "info",
  download_failed: "error",
  download_cancelled: "info",
};
