import type { BackendState, ReportedHealth } from "../../fleet/backend-state.ts";
import type { CandidateHealth } from "./candidate-health.ts";
import type { HealthBook } from "./health-book.ts";

/** What backends serve, with how it stands with each. */
export function withHealth(states: readonly BackendState[], health: HealthBook, now: number): readonly BackendState[] {
  return states.map((state) => ({ ...state, health: reportHealth(state, health, now) }));
}

function reportHealth({ backend, models }: BackendState, health: HealthBook, now: number): ReportedHealth {
  const { held, line, concurrency, credential } = health.ofBackend(backend);
  const isRefused = now < credential.until;
  return {
    inFlight: held,
    waiting: line.length,
    ...(Number.isFinite(concurrency) && { concurrency }),
    ...(isRefused && { credential: credential.isSpent ? "spent" : "refused", credentialUntil: credential.until }),
    models: models.map(({ id }) => ({ id, ...standing(health.of(backend, id), now) })),
  };
}

function standing({ held, breaker, coolDown, missingSince }: CandidateHealth, now: number) {
  return {
    inFlight: held,
    ...(breaker.isOpen && { openUntil: breaker.openUntil }),
    ...(now < coolDown.until && { coolingUntil: coolDown.until }),
    ...(missingSince !== undefined && { missingSince }),
  };
}
