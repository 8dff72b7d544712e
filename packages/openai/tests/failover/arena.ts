import {
  type BackendModel,
  type BackendRouting,
  CatenaryError,
  type Clock,
  createRuntime,
  type Runtime,
  systemClock,
} from "@catenary/core";
import { nodeFetch } from "@catenary/node";
import { expect } from "vitest";
import { ask, isRead, type Outcome, type Way } from "./ask.ts";
import { type Kind, MODEL, openStation, type Station } from "./station.ts";

/** What a scenario may settle before it begins. */
export interface Terms {
  readonly primary?: Side;
  readonly fallback?: Side;
}

export interface Side {
  readonly routing?: BackendRouting;
  /** What is known of its model. */
  readonly model?: Omit<BackendModel, "id">;
}

export interface ArenaOptions extends Terms {
  readonly kinds: readonly [primary: Kind, fallback: Kind];
  readonly way: Way;
}

/** Two servers and a runtime that prefers the first of them. */
export interface Arena extends AsyncDisposable {
  readonly way: Way;
  readonly primary: Station;
  readonly fallback: Station;
  readonly runtime: Runtime;
  /** Asks the model once, and says what whoever asked got. */
  ask(text?: string): Promise<Outcome>;
  /** Tells the servers that who asked in another way has read so much. */
  hasRead(text: string): void;
  /** How many calls of their model the two servers got. */
  counts(): { readonly primary: number; readonly fallback: number };
  /** Nothing is left of what was asked: no request, no timer, no place taken, and no connection once the client is closed. */
  expectNothingOpen(): Promise<void>;
}

/** How long a server may take to see what its callers did, where the machine is busy. */
export const SOON = { timeout: 10_000, interval: 5 };

/** Every place counts: a call that did not give its own back would keep the next one out. */
const PLACES: BackendRouting = { concurrency: 1, queueLength: 1, queueTimeoutMs: 3_000 };

export async function openArena({ kinds, way, primary: first, fallback: second }: ArenaOptions): Promise<Arena> {
  const timers = new Set<symbol>();
  const reader = new Reader(way);
  const arrived = (words: number) => reader.arrived(words);
  const fetch = nodeFetch();
  const common = { fetch, arrived };
  const routing = (side: Side | undefined) => ({ ...PLACES, ...side?.routing });
  const [primary, fallback] = await Promise.all([
    openStation({
      ...common,
      ...first,
      kind: kinds[0],
      id: "primary",
      words: "red green blue white",
      routing: routing(first),
    }),
    openStation({
      ...common,
      ...second,
      kind: kinds[1],
      id: "fallback",
      words: "one two three four",
      routing: routing(second),
    }),
  ]);
  const runtime = createRuntime({
    backends: [primary.backend, fallback.backend],
    groups: [primary, fallback].map(({ backend: { id } }) => ({ id: `only ${id}`, backends: [id] })),
    defaults: { model: MODEL, policy: "ordered" },
    clock: countingClock(timers),
  });
  // What the servers have is known before anything goes wrong with them.
  await runtime.sync();

  const stations = [primary, fallback];
  return {
    way,
    primary,
    fallback,
    runtime,
    ask: (text = "Say something.") => {
      reader.begin();
      return ask(runtime, way, text, (read) => reader.has(read));
    },
    hasRead: (text) => reader.has(text),
    counts: () => ({ primary: primary.asked.length, fallback: fallback.asked.length }),
    async expectNothingOpen() {
      await expect.poll(() => stations.map((station) => station.requestsUnderWay()), SOON).toEqual([0, 0]);
      expect(timers.size).toBe(0);
      for (const station of stations) {
        station.clear();
        const group = `only ${station.backend.id}`;
        const answer = await runtime.prompt("Are you free?", { routing: { group } }).catch(refusalOf);
        expect([station.words, "it asked to be left alone"]).toContain(answer.text);
      }
      expect(timers.size).toBe(0);
      await fetch.close();
      await expect.poll(() => stations.map((station) => station.connections()), SOON).toEqual([0, 0]);
    },
    async [Symbol.asyncDispose]() {
      await runtime.close();
      await fetch.close();
      for (const station of stations) await station[Symbol.asyncDispose]();
    },
  };
}

/** A server that said for how long it is to be left alone has that time, also where nobody else is there. */
function refusalOf(error: unknown): { readonly text: string } {
  if (CatenaryError.isInstance(error) && Number(error.details.retryAfterMs) > 0)
    return { text: "it asked to be left alone" };
  throw error;
}

/** How far whoever asked has read. */
class Reader {
  readonly #reads: boolean;
  #words = 0;
  #waiting: { readonly words: number; readonly resolve: () => void }[] = [];

  constructor(way: Way) {
    this.#reads = isRead(way);
  }

  begin(): void {
    this.#words = 0;
  }

  has(text: string): void {
    this.#words = text.split(" ").length;
    for (const { words, resolve } of this.#waiting) if (words <= this.#words) resolve();
  }

  /** At once where nobody reads. */
  arrived(words: number): Promise<void> {
    if (!this.#reads || words <= this.#words) return Promise.resolve();
    return new Promise((resolve) => void this.#waiting.push({ words, resolve }));
  }
}

/** The host's clock, which knows its timers that neither fired nor were stopped. Those that nobody waits for do not count. */
function countingClock(timers: Set<symbol>): Clock {
  return {
    now: systemClock.now,
    setTimer(delayMs, callback, isBackground) {
      const timer = Symbol();
      if (!isBackground) timers.add(timer);
      const stop = systemClock.setTimer(
        delayMs,
        () => {
          timers.delete(timer);
          callback();
        },
        isBackground,
      );
      return () => {
        timers.delete(timer);
        stop();
      };
    },
  };
}
