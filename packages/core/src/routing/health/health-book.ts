import type { BackendState } from "../../fleet/backend-state.ts";
import type { Backend } from "../../model/backend.ts";
import type { Clock } from "../../surroundings/clock.ts";
import type { Random } from "../../surroundings/random.ts";
import { Leases } from "../selection/leases.ts";
import { Sessions } from "../selection/sessions.ts";
import { BackendHealth } from "./backend-health.ts";
import { CandidateHealth } from "./candidate-health.ts";
import { hashOf } from "./hash-of.ts";
import { RetryBudget } from "./retry-budget.ts";

interface Page {
  readonly backend: BackendHealth;
  readonly models: Map<string, CandidateHealth>;
}

/**
 * What a runtime has learnt about its candidates from the calls that they got. Kept for each backend object: one that is replaced, with
 * another key or address, begins anew.
 */
export class HealthBook {
  readonly leases: Leases;
  /** Where sessions are. */
  readonly sessions = new Sessions();
  readonly #random: Random;
  readonly #pages = new WeakMap<Backend, Page>();
  readonly #budgets = new Map<string, RetryBudget>();

  constructor(surroundings: { readonly clock: Pick<Clock, "now">; readonly random: Random }) {
    this.leases = new Leases(surroundings.clock);
    this.#random = surroundings.random;
  }

  of(backend: Backend, modelId: string): CandidateHealth {
    const page = this.#page(backend);
    let health = page.models.get(modelId);
    if (health === undefined) {
      health = new CandidateHealth(hashOf(`${backend.id}\n${modelId}`), page.backend, this.#random);
      page.models.set(modelId, health);
    }
    return health;
  }

  ofBackend(backend: Backend): BackendHealth {
    return this.#page(backend).backend;
  }

  /** @param scope The name of the group whose calls share it; empty for calls that name none. */
  budget(scope: string): RetryBudget {
    let budget = this.#budgets.get(scope);
    if (budget === undefined) {
      budget = new RetryBudget();
      this.#budgets.set(scope, budget);
    }
    return budget;
  }

  /** A backend that was asked since lists its models again: those that it lacked are there. */
  listed({ backend, models, error, at }: BackendState): void {
    const page = this.#pages.get(backend);
    if (page === undefined || error !== undefined) return;
    for (const { id } of models) {
      const health = page.models.get(id);
      if (health?.missingSince !== undefined && at > health.missingSince) health.missingSince = undefined;
    }
  }

  #page(backend: Backend): Page {
    let page = this.#pages.get(backend);
    if (page === undefined) {
      page = { backend: new BackendHealth(backend), models: new Map() };
      this.#pages.set(backend, page);
    }
    return page;
  }
}
