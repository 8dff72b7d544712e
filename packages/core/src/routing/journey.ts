import { toErrorData } from "../errors/catenary-error.ts";
import type { BackendState } from "../fleet/backend-state.ts";
import type { RouteAttempt, RouteRecord } from "../value/route-record.ts";
import type { Usage } from "../value/usage.ts";
import type { Candidate, Dropped } from "./candidate.ts";
import type { Resolved } from "./resolve.ts";

/** How one routed call went, whether it succeeded or not. */
export interface RoutedCall {
  readonly model: string | undefined;
  readonly backend: string | undefined;
  readonly provider: string | undefined;
  readonly usage: Usage | undefined;
  readonly route: RouteRecord;
  /** How many candidates were tried. */
  readonly tries: number;
}

/** What happens to one routed call, from its first candidate to its end. */
export class Journey {
  readonly tried: Candidate[] = [];
  readonly #attempts: RouteAttempt[] = [];
  readonly #onEnd: (call: RoutedCall) => void;
  #policy: string;
  #dropped: RouteRecord["dropped"] = [];
  #usage: Usage | undefined;
  #ended = false;

  constructor(policy: string, onEnd: (call: RoutedCall) => void) {
    this.#policy = policy;
    this.#onEnd = onEnd;
  }

  begin({ candidate, policy, dropped, silent }: Resolved): void {
    if (this.tried.length === 0) this.#dropped = [...silent.map(unlisted), ...dropped.map(plain)];
    this.#policy = policy;
    this.tried.push(candidate);
  }

  answered(usage: Usage): void {
    this.#usage = usage;
    this.#record(undefined);
  }

  failed(error: unknown): void {
    this.#record(error);
  }

  /** Reports it, once. With a reason, the candidate that has not answered yet was given up because of it. */
  end(reason: unknown): void {
    if (this.#ended) return;
    this.#ended = true;
    if (this.#attempts.length < this.tried.length) this.#record(reason);
    const last = this.tried.at(-1);
    this.#onEnd({
      model: last?.model.id,
      backend: last?.backend.id,
      provider: last?.backend.type,
      usage: this.#usage,
      route: { policy: this.#policy, tried: this.#attempts, dropped: this.#dropped },
      tries: this.tried.length,
    });
  }

  #record(error: unknown): void {
    const candidate = this.tried[this.#attempts.length];
    if (candidate === undefined) return;
    const place = { backend: candidate.backend.id, model: candidate.model.id };
    if (error === undefined) {
      this.#attempts.push(place);
      return;
    }
    const { code, failure } = toErrorData(error);
    this.#attempts.push({ ...place, error: { code, failure } });
  }
}

function plain({ candidate, stage, why }: Dropped): RouteRecord["dropped"][number] {
  return { backend: candidate.backend.id, model: candidate.model.id, stage, why };
}

/** All that is known of it is that it did not answer. */
function unlisted({ backend, error }: BackendState): RouteRecord["dropped"][number] {
  return { backend: backend.id, model: "", stage: "listed", why: error?.message ?? "" };
}
