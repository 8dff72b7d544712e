import { createVirtualClock, scriptedBackend } from "@catenary/testing";
import { describe, expect, test, vi } from "vitest";
import type { Backend, BackendModel } from "../model/backend.ts";
import type { BackendState } from "./backend-state.ts";
import { Fleet } from "./fleet.ts";
import { gather } from "./gather.ts";

const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });

/** A backend whose list can be counted, changed, broken and held back. */
function listed(id: string, models: readonly string[] = ["tiny"]) {
  const control = { models, asked: 0, broken: false, hold: undefined as Promise<void> | undefined };
  const backend = scriptedBackend({
    id,
    models: async () => {
      control.asked++;
      await control.hold;
      if (control.broken) throw refused;
      return control.models;
    },
  });
  return { backend, control };
}

function fleetOf(...backends: readonly Backend[]) {
  const clock = createVirtualClock();
  const registered = [...backends];
  return { fleet: new Fleet({ backends: () => registered, clock }), clock, registered };
}

const namesOf = (states: readonly BackendState[]) => states.map(({ models }) => models.map(({ id }) => id));

describe("a list of models", () => {
  test("is asked for when it is needed first, and then believed for half a minute", async () => {
    const { backend, control } = listed("a");
    const { fleet, clock } = fleetOf(backend);
    expect(control.asked).toBe(0);
    expect(namesOf(await fleet.states())).toEqual([["tiny"]]);
    await clock.advance(29_999);
    expect(fleet.states()).not.toBeInstanceOf(Promise);
    expect(control.asked).toBe(1);
    await clock.advance(1);
    control.models = ["large"];
    expect(fleet.states()).not.toBeInstanceOf(Promise);
    expect(control.asked).toBe(2);
    await clock.advance(0);
    expect(namesOf(await fleet.states())).toEqual([["large"]]);
    expect(control.asked).toBe(2);
  });

  test("serves calls for five minutes while it is asked for again, and not longer", async () => {
    const { backend, control } = listed("a");
    const { fleet, clock } = fleetOf(backend);
    await fleet.states();
    const held = Promise.withResolvers<void>();
    control.hold = held.promise;
    await clock.advance(299_999);
    expect(namesOf(await fleet.states())).toEqual([["tiny"]]);
    await clock.advance(1);
    const states = fleet.states();
    expect(states).toBeInstanceOf(Promise);
    expect(control.asked).toBe(2);
    control.models = ["large"];
    held.resolve();
    expect(namesOf(await states)).toEqual([["large"]]);
  });

  test("serves no calls once its backend, asked again, cannot be reached", async () => {
    const { backend, control } = listed("a");
    const { fleet, clock } = fleetOf(backend);
    await fleet.states();
    control.broken = true;
    await clock.advance(30_000);
    await fleet.states();
    await clock.advance(0);
    expect(await fleet.states()).toMatchObject([{ models: [], error: { failure: "network" } }]);
  });

  test("is asked for once, however many calls wait for it", async () => {
    const { backend, control } = listed("a");
    const { fleet } = fleetOf(backend);
    await Promise.all([fleet.states(), fleet.states(), fleet.refreshed(), fleet.sync()]);
    expect(control.asked).toBe(1);
  });

  test("is asked for again where a model was looked for in vain, but not more than once a second", async () => {
    const { backend, control } = listed("a");
    const { fleet, clock } = fleetOf(backend);
    await fleet.states();
    await fleet.refreshed();
    expect(control.asked).toBe(1);
    await clock.advance(1_000);
    control.models = ["tiny", "fresh"];
    expect(namesOf(await fleet.refreshed())).toEqual([["tiny", "fresh"]]);
    expect(control.asked).toBe(2);
  });

  test("is asked for at once by sync", async () => {
    const { backend, control } = listed("a");
    const { fleet } = fleetOf(backend);
    await fleet.states();
    control.models = ["fresh"];
    expect(namesOf(await fleet.sync())).toEqual([["fresh"]]);
  });
});

describe("a backend that cannot be reached", () => {
  test("serves nothing, says why, and does not harm the others", async () => {
    const down = listed("down");
    down.control.broken = true;
    const { fleet } = fleetOf(down.backend, listed("up").backend);
    const [first, second] = await fleet.states();
    expect(first).toMatchObject({ models: [], error: { failure: "network" } });
    expect(second).toMatchObject({ models: [{ id: "tiny" }], error: undefined });
  });

  test("is asked again after a second, and is back as soon as it answers", async () => {
    const { backend, control } = listed("a");
    const { fleet, clock } = fleetOf(backend);
    control.broken = true;
    await fleet.states();
    control.broken = false;
    await fleet.refreshed();
    expect(control.asked).toBe(1);
    await clock.advance(1_000);
    expect(namesOf(await fleet.refreshed())).toEqual([["tiny"]]);
  });

  test("does not hold up the calls that others can take", async () => {
    const down = listed("down");
    down.control.broken = true;
    const { fleet, clock } = fleetOf(down.backend, listed("up").backend);
    await fleet.states();
    await clock.advance(2_000);
    const held = Promise.withResolvers<void>();
    down.control.hold = held.promise;
    down.control.broken = false;
    const states = fleet.states();
    expect(states).not.toBeInstanceOf(Promise);
    expect(down.control.asked).toBe(2);
    held.resolve();
    await clock.advance(0);
    expect(namesOf(await fleet.states())).toEqual([["tiny"], ["tiny"]]);
  });

  test("is passed over after half a second, where the others are enough", async () => {
    const slow = listed("slow", ["large"]);
    const held = Promise.withResolvers<void>();
    slow.control.hold = held.promise;
    const { fleet, clock } = fleetOf(slow.backend, listed("up").backend);
    const isEnough = vi.fn((states: readonly BackendState[]) => states.some(({ models }) => models.length > 0));
    const first = fleet.states(isEnough);
    let isDone = false;
    void Promise.resolve(first).then(() => {
      isDone = true;
    });
    await clock.advance(499);
    expect(isDone).toBe(false);
    await clock.advance(1);
    expect(namesOf(await first)).toEqual([["tiny"]]);
    expect(isEnough).toHaveBeenCalled();
    // The half second is the backend's, not each call's.
    expect(namesOf(await fleet.states(isEnough))).toEqual([["tiny"]]);
    expect(namesOf(await fleet.refreshed(isEnough))).toEqual([["tiny"]]);
    expect(slow.control.asked).toBe(1);
    held.resolve();
    await clock.advance(0);
    expect(namesOf(await fleet.states(isEnough))).toEqual([["large"], ["tiny"]]);
    expect(clock.pending).toBe(0);
  });

  test("counts with what it said before where it does not say it anew within a second", async () => {
    const [slow, dead] = [listed("slow", ["large"]), listed("dead")];
    dead.control.broken = true;
    const { fleet, clock } = fleetOf(slow.backend, dead.backend);
    await fleet.states();
    const held = Promise.withResolvers<void>();
    slow.control.hold = dead.control.hold = held.promise;
    await clock.advance(1_000);
    let states: readonly BackendState[] | undefined;
    void Promise.resolve(fleet.refreshed(() => false)).then((known) => {
      states = known;
    });
    await clock.advance(999);
    expect(states).toBeUndefined();
    await clock.advance(1);
    expect(namesOf(states ?? [])).toEqual([["large"], []]);
    expect(states?.[1]?.error).toBeDefined();
    held.resolve();
    await clock.advance(0);
    expect(clock.pending).toBe(0);
  });

  test("is waited for as long as the others are not enough, and not once they are", async () => {
    const [hung, late] = [listed("hung"), listed("late", ["large"])];
    const answer = Promise.withResolvers<void>();
    hung.control.hold = new Promise(() => {});
    late.control.hold = answer.promise;
    const { fleet, clock } = fleetOf(hung.backend, late.backend);
    const states = Promise.resolve(fleet.states((known) => known.length > 0));
    await clock.advance(3_000);
    answer.resolve();
    expect(namesOf(await states)).toEqual([["large"]]);
  });

  test("is not waited for by a call that was cancelled, whose timer is gone then", async () => {
    const hung = listed("hung");
    hung.control.hold = new Promise(() => {});
    const { fleet, clock } = fleetOf(hung.backend);
    const aborter = new AbortController();
    const states = Promise.resolve(fleet.states(undefined, aborter.signal));
    // The request's own limit, and the half second.
    expect(clock.pending).toBe(2);
    const reason = new Error("enough");
    aborter.abort(reason);
    await expect(states).rejects.toBe(reason);
    expect(clock.pending).toBe(1);
  });

  test("is given ten seconds, then its request is aborted", async () => {
    let signal: AbortSignal | undefined;
    const backend: Backend = {
      ...scriptedBackend({ id: "slow" }),
      listModels: (options) => {
        signal = options?.signal;
        return new Promise(() => {});
      },
    };
    const { fleet, clock } = fleetOf(backend);
    const states = fleet.states();
    await clock.advance(9_999);
    expect(signal?.aborted).toBe(false);
    await clock.advance(1);
    expect(signal?.aborted).toBe(true);
    expect((await states)[0]?.error).toMatchObject({
      failure: "timeout",
      message:
        "the backend slow did not list its models within 10 seconds: give it longer with routing: { listTimeoutMs }",
    });
    expect(clock.pending).toBe(0);
  });

  test("leaves no timer behind where it answers in time", async () => {
    const { fleet, clock } = fleetOf(listed("a").backend);
    await fleet.states();
    expect(clock.pending).toBe(0);
  });

  test.each<readonly [unknown, string]>([
    ["tiny", "listModels gave a string"],
    [undefined, "listModels gave missing"],
    [[{ id: "tiny" }, "large"], "listModels gave one that has no id, at [1]"],
    [[null], "listModels gave one that has no id, at [0]"],
    [[{ id: 5 }], "listModels gave one that has no id, at [0]"],
  ])("is told apart from one whose list is %j", async (list, problem) => {
    // Safe: the point is a backend that is not written in TypeScript.
    const listModels = async () => list as readonly BackendModel[];
    const { fleet } = fleetOf({ ...scriptedBackend({ id: "odd" }), listModels });
    expect((await fleet.states())[0]).toMatchObject({
      models: [],
      error: { failure: "reply", message: expect.stringContaining(problem) },
    });
  });

  test("may throw at once instead of rejecting", async () => {
    const listModels = () => {
      throw refused;
    };
    const { fleet } = fleetOf({ ...scriptedBackend({ id: "rude" }), listModels });
    expect((await fleet.states())[0]?.error).toMatchObject({ failure: "network" });
  });
});

describe("while backends come and go", () => {
  test("a new one is asked by the next call, the others are not asked again", async () => {
    const first = listed("a");
    const { fleet, registered } = fleetOf(first.backend);
    await fleet.states();
    registered.push(listed("b", ["large"]).backend);
    expect(namesOf(await fleet.states())).toEqual([["tiny"], ["large"]]);
    expect(first.control.asked).toBe(1);
  });

  test("one that is gone is forgotten, also while it is being asked", async () => {
    const { backend, control } = listed("a");
    const { fleet, registered } = fleetOf(backend);
    const held = Promise.withResolvers<void>();
    control.hold = held.promise;
    const asking = fleet.states();
    registered.length = 0;
    held.resolve();
    await asking;
    expect(await fleet.states()).toEqual([]);
    registered.push(backend);
    await fleet.states();
    expect(control.asked).toBe(2);
  });

  test("one that replaces another of the same id is asked itself", async () => {
    const { fleet, registered } = fleetOf(listed("a").backend);
    await fleet.states();
    registered[0] = listed("a", ["large"]).backend;
    expect(namesOf(await fleet.states())).toEqual([["large"]]);
  });

  test("without any, nothing is waited for", () => {
    expect(fleetOf().fleet.states()).toEqual([]);
  });
});

describe("what is known", () => {
  test("is one array for as long as no backend says anything else, and another one then", async () => {
    const { backend, control } = listed("a");
    const { fleet, clock, registered } = fleetOf(backend);
    await fleet.states();
    const known = fleet.states();
    expect(fleet.states()).toBe(known);
    expect(fleet.refreshed()).toBe(known);
    await clock.advance(30_000);
    control.models = ["large"];
    expect(fleet.states()).toBe(known);
    await clock.advance(0);
    expect(fleet.states()).not.toBe(known);
    const now = fleet.states();
    registered.push(scriptedBackend({ id: "b" }));
    await fleet.states();
    expect(fleet.states()).not.toBe(now);
  });

  test("of a backend can be looked at without asking it", async () => {
    const { backend, control } = listed("a");
    const { fleet } = fleetOf(backend);
    expect(fleet.lastState(backend)).toBeUndefined();
    await fleet.sync();
    expect(fleet.lastState(backend)).toMatchObject({ models: [{ id: "tiny" }] });
    expect(control.asked).toBe(1);
  });

  test("is told with what was known before, and not for a backend that was removed meanwhile", async () => {
    const { backend, control } = listed("a");
    const onAnswer = vi.fn();
    const registered = [backend];
    const clock = createVirtualClock();
    const fleet = new Fleet({ backends: () => registered, clock, onAnswer });
    const [first] = await fleet.sync();
    const [second] = await fleet.sync();
    expect(onAnswer.mock.calls).toEqual([
      [first, undefined],
      [second, first],
    ]);
    const held = Promise.withResolvers<void>();
    control.hold = held.promise;
    const third = fleet.sync();
    registered.pop();
    held.resolve();
    await third;
    expect(onAnswer).toHaveBeenCalledTimes(2);
  });
});

test("a backend that is asked anew is asked after whatever it was being asked", async () => {
  const { backend, control } = listed("a", []);
  const { fleet, clock } = fleetOf(backend);
  const held = Promise.withResolvers<void>();
  control.hold = held.promise;
  const before = fleet.sync();
  const anew = fleet.askAnew(backend);
  held.resolve();
  await before;
  control.models = ["pulled"];
  await clock.advance(0);
  expect(namesOf([await anew])).toEqual([["pulled"]]);
  expect(control.asked).toBe(2);
});

test("whoever follows answers and fails keeps nobody from having them", async () => {
  const { backend } = listed("a");
  const log = vi.fn();
  const clock = createVirtualClock();
  const onAnswer = () => {
    throw new Error("lost the thread");
  };
  const fleet = new Fleet({ backends: () => [backend], clock, onAnswer, logger: { log } });
  expect(namesOf(await fleet.states())).toEqual([["tiny"]]);
  expect(log.mock.calls).toEqual([["error", "answer_not_followed", { backend: "a", error: "lost the thread" }]]);
});

test("a list that a backend gives without a promise is a list too", async () => {
  const { backend } = listed("a");
  // Backends are not all written in TypeScript.
  const { fleet } = fleetOf({ ...backend, listModels: () => [{ id: "tiny" }] } as unknown as Backend);
  expect(namesOf(await fleet.states())).toEqual([["tiny"]]);
});

test("what fails unexpectedly while states are gathered fails whoever waits, and does not leave it waiting", async () => {
  const since = 0;
  const state = Promise.reject(new Error("out of order"));
  const gathering = { isEnough: () => false, clock: createVirtualClock(), signal: undefined };
  await expect(gather([{ since, state }], gathering)).rejects.toThrow("out of order");
});
