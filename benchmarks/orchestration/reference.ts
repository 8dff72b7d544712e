import type { Engine, Step } from "./engine.ts";

interface Route {
  readonly when?: (n: number) => boolean;
  readonly to: string;
}

interface State {
  readonly step: Step;
  readonly routes: readonly Route[];
  /** Further attempts after the first. */
  readonly retries: number;
}

interface Chain {
  readonly start: string;
  readonly states: ReadonlyMap<string, State>;
}

interface Entry {
  readonly state: string;
  readonly startedAt: number;
  readonly durationMs: number;
  readonly attempts: number;
  readonly output: number;
}

interface Trace {
  readonly output: number;
  readonly history: readonly Entry[];
}

type Listener = (event: { readonly kind: string; readonly state: string; readonly at: number }) => void;

/** The last runs are remembered, as a runtime would. */
const KEPT_RUNS = 100;

/**
 * An interpreter with the least that a runtime needs: named states, routes chosen by their outcome, attempts, a history, a listener
 * and a bounded memory of past runs. No checks, no types, no store, no routing: what these features cost when nothing else is there.
 */
export function createReference(listener: Listener): Engine {
  const past: Trace[] = [];
  const start = (chain: Chain): Step => {
    return async (n) => {
      const trace = await run(chain, n, listener);
      past.push(trace);
      if (past.length > KEPT_RUNS) past.shift();
      return trace.output;
    };
  };
  return {
    linear: (count, step) => {
      const name = (i: number) => `s${i}`;
      const states = Array.from({ length: count }, (_, i) => {
        return [name(i), state(step, i + 1 < count ? [{ to: name(i + 1) }] : [])] as const;
      });
      return start({ start: name(0), states: new Map(states) });
    },
    loop: (count, step) => {
      const workflow = start({
        start: "count",
        states: new Map([["count", state(step, [{ when: (n) => n < count, to: "count" }])]]),
      });
      return () => workflow(0);
    },
    branch: (forks) => {
      const routes = [
        { when: (n: number) => n % 3 === 0, to: "a" },
        { when: (n: number) => n % 3 === 1, to: "b" },
        { to: "c" },
      ];
      const states = new Map([
        ["start", state(forks.start, routes)],
        ["a", state(forks.a, [{ to: "join" }])],
        ["b", state(forks.b, [{ to: "join" }])],
        ["c", state(forks.c, [{ to: "join" }])],
        ["join", state(forks.join, [])],
      ]);
      return start({ start: "start", states });
    },
  };
}

function state(step: Step, routes: readonly Route[]): State {
  return { step, routes, retries: 2 };
}

async function run(chain: Chain, input: number, listener: Listener): Promise<Trace> {
  const history: Entry[] = [];
  let output = input;
  for (let name: string | undefined = chain.start; name !== undefined; ) {
    const current: State | undefined = chain.states.get(name);
    if (current === undefined) throw new Error(`there is no state ${name}`);
    const startedAt = Date.now();
    listener({ kind: "started", state: name, at: startedAt });
    const made = await attempt(current, output);
    output = made.output;
    const at = Date.now();
    history.push({ state: name, startedAt, durationMs: at - startedAt, attempts: made.attempts, output });
    listener({ kind: "completed", state: name, at });
    const reached: number = output;
    name = current.routes.find(({ when }) => when === undefined || when(reached))?.to;
  }
  return { output, history };
}

async function attempt({ step, retries }: State, n: number): Promise<{ output: number; attempts: number }> {
  for (let attempts = 1; ; attempts++) {
    try {
      return { output: await step(n), attempts };
    } catch (error) {
      if (attempts > retries) throw error;
    }
  }
}
