import { toErrorData } from "../errors/catenary-error.ts";
import type { Backend } from "../model/backend.ts";
import type { Logger } from "../surroundings/logger.ts";
import type { BackendState } from "./backend-state.ts";
import { type Declarations, undeclaredModels } from "./declarations.ts";
import { isUnderWay } from "./download.ts";
import type { Downloads } from "./downloads.ts";
import type { Fleet } from "./fleet.ts";

export interface PrunerOptions {
  readonly fleet: Fleet;
  readonly downloads: Downloads;
  readonly backends: () => readonly Backend[];
  readonly declarations: () => Declarations;
  readonly logger: Logger;
}

/** Deletes models that nobody declared, from backends that were given over for that. */
export class Pruner {
  readonly #options: PrunerOptions;
  readonly #signal: AbortSignal;
  readonly #underWay = new Map<Backend, Promise<void>>();

  constructor(options: PrunerOptions, signal: AbortSignal) {
    this.#options = options;
    this.#signal = signal;
  }

  /** Never rejects. Two at once take turns on a backend, and the later one goes by what the earlier one left. */
  async prune(state: BackendState): Promise<void> {
    const { backend } = state;
    if (backend.prune !== true || backend.deleteModel === undefined) return;
    const before = this.#underWay.get(backend);
    const pruning = (async () => {
      await before;
      await this.#pruneNow(before === undefined ? state : (this.#options.fleet.lastState(backend) ?? state));
    })();
    this.#underWay.set(backend, pruning);
    await pruning;
    if (this.#underWay.get(backend) === pruning) this.#underWay.delete(backend);
  }

  async #pruneNow(state: BackendState): Promise<void> {
    const { backend } = state;
    const { logger, fleet } = this.#options;
    let hasTried = false;
    for (const { id: model } of state.models) {
      // Each delete takes a while, in which somebody may declare or fetch what is still to come.
      if (!this.#isUnwanted(state, model)) continue;
      hasTried = true;
      try {
        await backend.deleteModel?.(model, { signal: this.#signal });
        logger.log("info", "model_deleted", { backend: backend.id, model });
      } catch (failed) {
        logger.log("warn", "model_not_deleted", { backend: backend.id, model, error: toErrorData(failed).message });
      }
    }
    if (hasTried) await fleet.askAnew(backend);
  }

  #isUnwanted(state: BackendState, model: string): boolean {
    const { backend, error } = state;
    const { backends, declarations, downloads } = this.#options;
    if (this.#signal.aborted || error !== undefined || !backends().includes(backend)) return false;
    if (!undeclaredModels(state, declarations()).includes(model)) return false;
    const download = downloads.find(backend.id, model);
    return download === undefined || !isUnderWay(download);
  }
}
