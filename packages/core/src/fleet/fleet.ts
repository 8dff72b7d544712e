import pTimeout from "p-timeout";
import { messageOf } from "../errors/message-of.ts";
import { ModelError } from "../errors/model-error.ts";
import type { Backend, BackendModel } from "../model/backend.ts";
import { LIST_OF_MODELS, toModelError } from "../model/to-model-error.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { Logger } from "../surroundings/logger.ts";
import { timersOf } from "../surroundings/timers-of.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { Asking, BackendState } from "./backend-state.ts";
import { gather } from "./gather.ts";

export interface FleetOptions {
  readonly backends: () => readonly Backend[];
  readonly clock: Clock;
  /** Told of every answer, and of what was known before it, as soon as it counts. */
  readonly onAnswer?: (state: BackendState, before: BackendState | undefined) => void;
  /** Told of what `onAnswer` throws, which is a mistake of its own: the answer counts nevertheless. */
  readonly logger?: Logger;
}

/** How long a list of models is believed. A model that is looked for in vain makes it be asked for again before. */
const FRESH_MS = 30_000;
/** How long it still serves calls while it is asked for again. An older one tells too little of what is there now. */
const STALE_MS = 5 * 60_000;
/** How soon a backend is asked again that could not be reached, or that lacked a model. */
const ASK_AGAIN_MS = 1_000;
/** How long a call waits for what a backend has now, of which it is known what it had before. */
const RELIST_MS = 1_000;
const LIST_TIMEOUT_MS = 10_000;

type Known = readonly BackendState[];

/** A call that needs every backend is never content with some of them. */
const all = (_states: Known) => false;

/** The live state of all backends. It does nothing by itself: a list is asked for when a call needs it, or when somebody says so. */
export class Fleet {
  readonly #options: FleetOptions;
  readonly #states = new Map<Backend, BackendState>();
  readonly #asking = new Map<Backend, Asking>();
  #known: Known = [];

  constructor(options: FleetOptions) {
    this.#options = options;
  }

  /**
   * What the backends serve. At once where all of it is known: a list that is a little old is asked for again, but not
   * waited for, and so is a backend that could not be reached. Where a backend was never asked it is waited for, but no
   * longer than for a moment once the others are enough. One dead server must not hold up the calls that others can take.
   * The same array for as long as nothing in it changes, so that what is derived of it can be kept.
   *
   * @param isEnough Whether a call can go on with these. Default: it needs all of them.
   * @param signal Ends the wait, not the requests: other calls may wait for them too.
   */
  states(isEnough = all, signal?: AbortSignal): Known | Promise<Known> {
    return this.#collect(isEnough, signal, (state, age) => {
      const [believedMs, usableMs] = state.error === undefined ? [FRESH_MS, STALE_MS] : [ASK_AGAIN_MS, Infinity];
      if (age >= believedMs) this.#ask(state.backend);
      return age < usableMs;
    });
  }

  /**
   * The same, but whatever may be outdated is asked for again and waited for: for a second where it is known what it was before, which
   * then counts.
   */
  refreshed(isEnough = all, signal?: AbortSignal): Known | Promise<Known> {
    return this.#collect(isEnough, signal, (_state, age) => age < ASK_AGAIN_MS, RELIST_MS);
  }

  /** What is known, without a wait. Backends that were never asked are asked; `onAnswer` is told of what they say. */
  now(): Known {
    const known = this.#options.backends().flatMap((backend) => {
      const state = this.#states.get(backend);
      if (state === undefined) this.#ask(backend);
      return state ?? [];
    });
    return this.#unchanged(known);
  }

  /** Asks every backend now. */
  sync(): Promise<Known> {
    return Promise.all(this.#options.backends().map((backend) => this.#ask(backend).state));
  }

  /** Asks one backend now, after whatever it is being asked already: that may have been answered before what has just changed. */
  async askAnew(backend: Backend): Promise<BackendState> {
    await this.#asking.get(backend)?.state;
    return this.#ask(backend).state;
  }

  /** What is known of a backend without asking it. */
  lastState(backend: Backend): BackendState | undefined {
    return this.#states.get(backend);
  }

  /** The names of the models that all backends served when they were last asked; undefined where one was not asked or did not answer. */
  knownModels(): readonly string[] | undefined {
    const states = this.#options.backends().map((backend) => this.#states.get(backend));
    if (states.some((state) => state === undefined || state.error !== undefined)) return undefined;
    return states.flatMap((state) => state?.models.map(({ id }) => id) ?? []);
  }

  #collect(
    isEnough: (states: Known) => boolean,
    signal: AbortSignal | undefined,
    suffices: (state: BackendState, ageMs: number) => boolean,
    patienceMs?: number,
  ): Known | Promise<Known> {
    const { backends, clock } = this.#options;
    const now = clock.now();
    const asked = backends().map((backend) => {
      const state = this.#states.get(backend);
      if (state !== undefined && suffices(state, now - state.at)) return state;
      return { ...this.#ask(backend), last: state };
    });
    if (!asked.every(isKnown)) return gather(asked, { isEnough, clock, signal, patienceMs });
    return this.#unchanged(asked);
  }

  #unchanged(states: Known): Known {
    const isSame = states.length === this.#known.length && states.every((state, index) => state === this.#known[index]);
    if (!isSame) this.#known = states;
    return this.#known;
  }

  /** One request at a time for each backend, however many calls wait for it. */
  #ask(backend: Backend): Asking {
    let asking = this.#asking.get(backend);
    if (asking === undefined) {
      const state = this.#list(backend).finally(() => this.#asking.delete(backend));
      asking = { since: this.#options.clock.now(), state };
      this.#asking.set(backend, asking);
    }
    return asking;
  }

  /** Never rejects: calls wait for it. */
  async #list(backend: Backend): Promise<BackendState> {
    const aborter = new AbortController();
    let state: BackendState;
    try {
      const models = await pTimeout(listOf(backend, aborter.signal), {
        milliseconds: listTimeoutOf(backend) || Infinity,
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
        model: LIST_OF_MODELS,
        now: at,
      });
      const last = this.#states.get(backend);
      const lastModels = last?.error === undefined ? last?.models : last.lastModels;
      state = { backend, models: [], ...(lastModels !== undefined && { lastModels }), error: failed, at };
    }
    const registered = this.#options.backends();
    for (const known of this.#states.keys()) if (!registered.includes(known)) this.#states.delete(known);
    if (!registered.includes(backend)) return state;
    const before = this.#states.get(backend);
    this.#states.set(backend, state);
    this.#tell(state, before);
    return state;
  }

  #tell(state: BackendState, before: BackendState | undefined): void {
    const { onAnswer, logger } = this.#options;
    try {
      onAnswer?.(state, before);
    } catch (error) {
      logger?.log("error", "answer_not_followed", { backend: state.backend.id, error: messageOf(error) });
    }
  }
}

/** A list that is there already is one too. */
async function listOf(backend: Backend, signal: AbortSignal): Promise<readonly BackendModel[]> {
  return backend.listModels({ signal });
}

function isKnown(state: BackendState | Asking): state is BackendState {
  return !("state" in state);
}

function listTimeoutOf({ routing }: Backend): number {
  return routing?.listTimeoutMs ?? LIST_TIMEOUT_MS;
}

function tooSlow(backend: Backend): ModelError {
  const seconds = listTimeoutOf(backend) / 1000;
  return new ModelError(
    `the backend ${backend.id} did not list its models within ${seconds} seconds: give it longer with routing: { listTimeoutMs }`,
    { failure: "timeout", backend: backend.id },
  );
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
