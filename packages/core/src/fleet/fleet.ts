import pTimeout from "p-timeout";
import type { CatenaryError } from "../errors/catenary-error.ts";
import { ModelError } from "../errors/model-error.ts";
import type { Backend, BackendModel } from "../model/backend.ts";
import { toModelError } from "../model/to-model-error.ts";
import type { Clock } from "../surroundings/clock.ts";

/** What a backend serves, as far as is known. */
export interface BackendState {
  readonly backend: Backend;
  readonly models: readonly BackendModel[];
  /** Why its models could not be listed. */
  readonly error: CatenaryError | undefined;
  /** When it was asked, in milliseconds since the Unix epoch. */
  readonly at: number;
}

export interface FleetOptions {
  readonly backends: () => readonly Backend[];
  readonly clock: Clock;
}

/** How long a list of models is believed. A model that is looked for in vain makes it be asked for again before. */
const FRESH_MS = 30_000;
/** How soon a backend is asked again that could not be reached, or that lacked a model. */
const ASK_AGAIN_MS = 1_000;
const LIST_TIMEOUT_MS = 10_000;

/** The live state of all backends. Nothing runs in the background: a list is asked for when a call needs it. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #states = new Map<Backend, BackendState>();
  readonly #asking = new Map<Backend, Promise<BackendState>>();

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /** What every backend serves. At once, where all of it is known and fresh. */
  states(): readonly BackendState[] | Promise<readonly BackendState[]> {
    return this.#collect(FRESH_MS, ASK_AGAIN_MS);
  }

  /** The same, but lists that may be outdated are asked for again. */
  refreshed(): readonly BackendState[] | Promise<readonly BackendState[]> {
    return this.#collect(ASK_AGAIN_MS, ASK_AGAIN_MS);
  }

  /** Asks every backend now. */
  sync(): Promise<readonly BackendState[]> {
    return Promise.all(this.#options.backends().map((backend) => this.#ask(backend)));
  }

  #collect(freshMs: number, askAgainMs: number): readonly BackendState[] | Promise<readonly BackendState[]> {
    const now = this.#options.clock.now();
    const known: BackendState[] = [];
    const backends = this.#options.backends();
    for (const backend of backends) {
      const state = this.#states.get(backend);
      if (state !== undefined && now - state.at < (state.error === undefined ? freshMs : askAgainMs)) known.push(state);
    }
    if (known.length === backends.length) return known;
    return Promise.all(
      backends.map((backend) => known.find((state) => state.backend === backend) ?? this.#ask(backend)),
    );
  }

  /** One request at a time for each backend, however many calls wait for it. */
  #ask(backend: Backend): Promise<BackendState> {
    let asking = this.#asking.get(backend);
    if (asking === undefined) {
      asking = this.#list(backend).finally(() => this.#asking.delete(backend));
      this.#asking.set(backend, asking);
    }
    return asking;
  }

  async #list(backend: Backend): Promise<BackendState> {
    const aborter = new AbortController();
    let state: BackendState;
    try {
      const models = await pTimeout(backend.listModels({ signal: aborter.signal }), {
        milliseconds: LIST_TIMEOUT_MS,
        message: tooSlow(backend),
      });
      state = { backend, models, error: undefined, at: this.#options.clock.now() };
    } catch (error) {
      aborter.abort(error);
      const at = this.#options.clock.now();
      const failed = toModelError(error, {
        backend: backend.id,
        baseUrl: backend.baseUrl,
        model: "the list of models",
        now: at,
      });
      state = { backend, models: [], error: failed, at };
    }
    if (this.#options.backends().includes(backend)) this.#states.set(backend, state);
    for (const gone of this.#states.keys()) if (!this.#options.backends().includes(gone)) this.#states.delete(gone);
    return state;
  }
}

function tooSlow(backend: Backend): ModelError {
  return new ModelError(`the backend ${backend.id} did not list its models within ${LIST_TIMEOUT_MS / 1000} seconds`, {
    failure: "timeout",
    backend: backend.id,
  });
}
