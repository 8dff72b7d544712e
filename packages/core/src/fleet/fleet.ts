import pTimeout from "p-timeout";
import type { CatenaryError } from "../errors/catenary-error.ts";
import { ModelError } from "../errors/model-error.ts";
import type { Backend, BackendModel } from "../model/backend.ts";
import { toModelError } from "../model/to-model-error.ts";
import type { Clock } from "../surroundings/clock.ts";
import { isThenable } from "../surroundings/is-thenable.ts";
import { timersOf } from "../surroundings/timers-of.ts";
import { describeKind } from "../value/describe-kind.ts";

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

  /**
   * What every backend serves. At once, where all of it is known and fresh. A backend that could not be reached is asked
   * again, but not waited for: one dead server must not hold up the calls that others can take.
   */
  states(): readonly BackendState[] | Promise<readonly BackendState[]> {
    return this.#collect((state, age) => {
      if (state.error === undefined) return age < FRESH_MS;
      if (age >= ASK_AGAIN_MS) void this.#ask(state.backend);
      return true;
    });
  }

  /** The same, but whatever may be outdated is asked for again and waited for. */
  refreshed(): readonly BackendState[] | Promise<readonly BackendState[]> {
    return this.#collect((_state, age) => age < ASK_AGAIN_MS);
  }

  /** Asks every backend now. */
  sync(): Promise<readonly BackendState[]> {
    return Promise.all(this.#options.backends().map((backend) => this.#ask(backend)));
  }

  /** The names of the models that all backends served when they were last asked; undefined where one was not asked or did not answer. */
  knownModels(): readonly string[] | undefined {
    const states = this.#options.backends().map((backend) => this.#states.get(backend));
    if (states.some((state) => state === undefined || state.error !== undefined)) return undefined;
    return states.flatMap((state) => state?.models.map(({ id }) => id) ?? []);
  }

  #collect(
    suffices: (state: BackendState, ageMs: number) => boolean,
  ): readonly BackendState[] | Promise<readonly BackendState[]> {
    const now = this.#options.clock.now();
    const states = this.#options.backends().map((backend) => {
      const state = this.#states.get(backend);
      return state !== undefined && suffices(state, now - state.at) ? state : this.#ask(backend);
    });
    return states.every(isKnown) ? states : Promise.all(states);
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
        customTimers: timersOf(this.#options.clock),
      });
      const problem = problemWith(models);
      if (problem !== undefined) throw wrongList(backend, problem);
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

function isKnown(state: BackendState | Promise<BackendState>): state is BackendState {
  return !isThenable(state);
}

function tooSlow(backend: Backend): ModelError {
  return new ModelError(`the backend ${backend.id} did not list its models within ${LIST_TIMEOUT_MS / 1000} seconds`, {
    failure: "timeout",
    backend: backend.id,
  });
}

/** Backends are not all written in TypeScript. */
function problemWith(models: unknown): string | undefined {
  if (!Array.isArray(models)) return `gave ${describeKind(models)}`;
  const wrong = models.findIndex((model: unknown) => typeof idOf(model) !== "string");
  return wrong === -1 ? undefined : `gave one that has no id, at [${wrong}]`;
}

function idOf(model: unknown): unknown {
  return typeof model === "object" && model !== null && "id" in model ? model.id : undefined;
}

function wrongList(backend: Backend, problem: string): ModelError {
  return new ModelError(
    `the backend ${backend.id} was to list its models as an array of { id }, and listModels ${problem}: mend the backend`,
    { failure: "reply", backend: backend.id },
  );
}
