import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import type { Effect } from "../src/engine/effect.ts";
import type { Fact } from "../src/engine/fact.ts";
import type { Program } from "../src/engine/program.ts";
import type { RecordedEvent } from "../src/engine/run-event.ts";
import { NEW_RUN, type RunState } from "../src/engine/run-state.ts";
import { type Decision, transition } from "../src/engine/transition.ts";
import { createMemoryRunStore } from "../src/store/memory-run-store.ts";
import { answer, type Move, moves, program, value } from "./arbitrary-run.ts";
import { deepFreeze } from "./deep-freeze.ts";
import { fail, play, started, succeed } from "./play-facts.ts";
import { runs, TIMEOUT_MS } from "./property-runs.ts";

vi.setConfig({ testTimeout: TIMEOUT_MS });

const BUDGET = 40;

interface Turn {
  readonly before: RunState;
  readonly fact: Fact;
  readonly decision: Decision;
}

/** Plays a run with frozen states and facts, and keeps every turn of it. */
function turnsOf(chain: Program, script: readonly Move[], input = started().input): readonly Turn[] {
  const turns: Turn[] = [];
  const inbox: Fact[] = [started({ input, stepBudget: BUDGET })];
  let state: RunState = NEW_RUN;
  for (let fact = inbox.shift(); fact !== undefined; fact = inbox.shift()) {
    const decision = transition(chain, deepFreeze(state), deepFreeze(fact));
    turns.push({ before: state, fact, decision });
    state = decision.state;
    for (const effect of decision.effects) {
      if (effect.kind === "execute") inbox.push(moveOf(effect, script, turns.length));
    }
  }
  return turns;
}

function moveOf(effect: Extract<Effect, { kind: "execute" }>, script: readonly Move[], turn: number): Fact {
  const given = script[(turn - 1) % script.length];
  return given === undefined ? succeed(effect, "x") : answer(effect, given, 1000 + turn);
}

function endOf(turns: readonly Turn[]): RunState {
  return turns.at(-1)?.decision.state ?? NEW_RUN;
}

describe("transition", () => {
  test("decides the same again, and changes neither the state nor the fact", () => {
    fc.assert(
      fc.property(program, moves, value, (chain, script, input) => {
        for (const { before, fact, decision } of turnsOf(chain, script, input)) {
          expect(transition(chain, before, fact)).toEqual(decision);
        }
      }),
      runs(150),
    );
  });

  test("ends every run, if only with its step budget, and says why", () => {
    fc.assert(
      fc.property(program, moves, value, (chain, script, input) => {
        const state = endOf(turnsOf(chain, script, input));
        expect(["completed", "failed"]).toContain(state.status);
        if (state.status === "failed") expect(["task_failed", "step_budget_exceeded"]).toContain(state.error.code);
        if (state.status !== "new") expect(state.steps).toBeLessThanOrEqual(BUDGET);
      }),
      runs(300),
    );
  });

  test("asks for exactly one thing at a time, and finishes once, at the end", () => {
    fc.assert(
      fc.property(program, moves, value, (chain, script, input) => {
        const turns = turnsOf(chain, script, input);
        for (const [place, { decision }] of turns.entries()) {
          const kinds = decision.effects.map(({ kind }) => kind);
          expect(kinds).toEqual([place === turns.length - 1 ? "finish" : "execute"]);
        }
      }),
      runs(100),
    );
  });

  test("numbers its events without a gap, and counts them in its state", () => {
    fc.assert(
      fc.property(program, moves, value, (chain, script, input) => {
        const turns = turnsOf(chain, script, input);
        const events = turns.flatMap(({ decision }): readonly RecordedEvent[] => decision.events);
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, place) => place));
        expect(endOf(turns)).toMatchObject({ events: events.length });
        expect(events.filter(({ kind }) => kind === "step_started")).toHaveLength(stepsOf(endOf(turns)));
      }),
      runs(100),
    );
  });

  test("gives every step a key of its own, and every attempt of a step the same", () => {
    fc.assert(
      fc.property(program, moves, (chain, script) => {
        const effects = turnsOf(chain, script).flatMap(({ decision }) => decision.effects);
        const attempts = effects.flatMap((effect) =>
          effect.kind === "execute" ? [`${effect.key} ${effect.attempt}`] : [],
        );
        expect(new Set(attempts).size).toBe(attempts.length);
        const firsts = effects.flatMap((effect) =>
          effect.kind === "execute" && effect.attempt === 1 ? [effect.key] : [],
        );
        expect(new Set(firsts).size).toBe(firsts.length);
      }),
      runs(100),
    );
  });

  test("goes on from a state that was written as JSON as it would have gone on", () => {
    fc.assert(
      fc.property(program, moves, value, (chain, script, input) => {
        for (const { before, fact, decision } of turnsOf(chain, script, input)) {
          const readBack: RunState = JSON.parse(JSON.stringify(before));
          expect(JSON.stringify(transition(chain, readBack, fact))).toBe(JSON.stringify(decision));
        }
      }),
      runs(100),
    );
  });
});

function stepsOf(state: RunState): number {
  return state.status === "new" ? 0 : state.steps;
}

describe("facts that come twice, late or for nobody", () => {
  test("change nothing", () => {
    fc.assert(
      fc.property(program, moves, value, fc.nat(), (chain, script, input, seed) => {
        const turns = turnsOf(chain, script, input);
        const seen: Fact[] = [];
        for (const { fact, decision } of turns) {
          seen.push(fact);
          const stale = seen[seed % seen.length];
          const strangers = [
            succeed({ key: "nobody#1", attempt: 1 }, "x"),
            fail({ key: "a#1", attempt: 99 }),
            succeed({ key: "a#99", attempt: 1 }, "x"),
          ];
          for (const odd of [fact, ...(stale === undefined ? [] : [stale]), ...strangers]) {
            const again = transition(chain, decision.state, odd);
            expect(again.state).toBe(decision.state);
            expect([...again.effects, ...again.events]).toEqual([]);
          }
        }
      }),
      runs(150),
    );
  });
});

describe("a wish to cancel", () => {
  test("ends a run at any point, and aborts what it waits for", () => {
    fc.assert(
      fc.property(program, moves, (chain, script) => {
        for (const { decision } of turnsOf(chain, script)) {
          const { state } = decision;
          const { state: after, effects } = transition(chain, state, {
            kind: "cancel_requested",
            at: 9,
            reason: "enough",
          });
          if (state.status !== "running") {
            expect(after).toBe(state);
            continue;
          }
          expect(after).toMatchObject({ status: "cancelled", reason: "enough", events: state.events + 1 });
          expect(effects.map(({ kind }) => kind)).toEqual(["cancel", "finish"]);
        }
      }),
      runs(100),
    );
  });
});

describe("a run that was kept", () => {
  test("is played again from its facts: the same state, effects and events", () => {
    fc.assert(
      fc.property(program, moves, value, (chain, script, input) => {
        const store = createMemoryRunStore();
        const turns = turnsOf(chain, script, input);
        const { id: chainId, hash: chainHash } = chain.chain;
        for (const { fact, decision } of turns) {
          const { state, events } = decision;
          const steps = events.flatMap((event) => ("step" in event ? [event.step] : []));
          void store.commit({ runId: "run", epoch: 0, chainId, chainHash, steps, facts: [fact], events, state });
        }
        const kept = store.load("run");
        if (kept === undefined || kept instanceof Promise) throw new Error("a memory store has the run, at once");
        let state: RunState = NEW_RUN;
        const effects: Effect[] = [];
        const events: RecordedEvent[] = [];
        for (const fact of kept.facts) {
          const decision = transition(chain, state, fact);
          state = decision.state;
          effects.push(...decision.effects);
          events.push(...decision.events);
        }
        expect(state).toEqual(kept.state);
        expect(effects).toEqual(turns.flatMap(({ decision }) => decision.effects));
        expect(events).toEqual(store.readEvents("run", 0));
        expect(events.flatMap((event) => ("step" in event ? [event.step] : []))).toEqual(kept.steps);
      }),
      runs(100),
    );
  });
});

test("the chains that are drawn end in every way, so that the properties above look at all of them", () => {
  const ends = new Set<string>();
  for (const [chain, script, input] of fc.sample(fc.tuple(program, moves, value), { numRuns: 300, seed: 7 })) {
    const { state, events } = play(chain, (effect, turn) => moveOf(effect, script, turn), {
      input,
      stepBudget: BUDGET,
    });
    ends.add(state.status === "failed" ? state.error.code : state.status);
    for (const { kind } of events) ends.add(kind);
  }
  const wanted = ["completed", "task_failed", "step_budget_exceeded", "text_printed", "step_retrying", "step_failed"];
  expect([...ends]).toEqual(expect.arrayContaining(wanted));
});
