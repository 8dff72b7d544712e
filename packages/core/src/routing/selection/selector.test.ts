import fc from "fast-check";
import { describe, expect, test, vi } from "vitest";
import { ANSWERED, Pool } from "../../../tests/fixtures/pool.ts";
import { seededRandom } from "../../../tests/fixtures/seeded-random.ts";
import { runs } from "../../../tests/property-runs.ts";
import type { Random } from "../../surroundings/random.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { SelectionPolicy } from "../policies/selection-policy.ts";
import { rendezvous } from "./affinity.ts";

const RATE_LIMIT = { is: "failed", failure: "rate_limit" } as const;
const AUTH = { is: "failed", failure: "auth" } as const;

describe("tiers", () => {
  test("the model that is named first goes before a backend of a nearer tier", () => {
    const pool = new Pool([{ rank: 1 }, { rank: 0, priority: 5 }, { rank: 0, priority: 1 }]);
    const { candidate, decision } = pool.choose();
    expect(candidate.backend.id).toBe("c");
    expect(decision.dropped).toEqual([
      { backend: "a", model: "m", stage: "tier", why: "a nearer tier takes the call" },
      { backend: "b", model: "m", stage: "tier", why: "a nearer tier takes the call" },
    ]);
  });

  test("the next tier takes the call where nobody of the nearest can", () => {
    const pool = new Pool([{ concurrency: 1 }, { priority: 1 }]);
    expect(pool.choose().candidate.backend.id).toBe("a");
    expect(pool.choose()).toMatchObject({
      candidate: { backend: { id: "b" } },
      decision: { dropped: [{ backend: "a", stage: "available", why: "all its places are taken (1)" }] },
    });
  });

  test("the next tier shares the calls where the nearest is as full as its backends say", () => {
    const pool = new Pool([{ concurrency: 4, spillAt: 0.5 }, { priority: 1, concurrency: 4 }, { priority: 2 }]);
    const policy = "least-loaded";
    const chosen = Array.from({ length: 5 }, () => pool.choose({ policy }).candidate.backend.id);
    expect(chosen.join("")).toBe("aabba");
    expect(pool.at(2).health.held).toBe(0);
  });
});

describe("fallback", () => {
  const failed = { failure: "server_error" } as const;

  test("goes to those that were not tried, and ends when all were", () => {
    const pool = new Pool([{}, {}]);
    const [a, b] = pool.candidates;
    if (a === undefined || b === undefined) throw new Error("expected two");
    expect(pool.pick({ tried: [a], lastFailure: failed })).toBe("b");
    expect(pool.select({ tried: [a, b], lastFailure: failed })).toMatchObject({ is: "none", why: "tried" });
  });

  test("ends when too many calls went on of late; each call pays for a tenth of a further try, and each group for its own", () => {
    const pool = new Pool([{}, {}]);
    const tried = [pool.at(0)];
    for (let at = 0; at < 20; at++) pool.pick({ tried, lastFailure: failed });
    expect(pool.select({ tried, lastFailure: failed })).toMatchObject({
      is: "none",
      why: "budget",
      dropped: [
        { backend: "a", why: "it was tried already" },
        { backend: "b", why: "too many calls went on to others of late" },
      ],
    });
    expect(pool.pick({ tried, lastFailure: failed, scope: "other" })).toBe("b");
    for (let at = 0; at < 10; at++) pool.pick();
    expect(pool.pick({ tried, lastFailure: failed })).toBe("b");
    expect(pool.select({ tried, lastFailure: failed })).toMatchObject({ is: "none", why: "budget" });
  });

  test("that nobody is left for ends because all were tried, whatever else there is", () => {
    const pool = new Pool([{}, {}]);
    for (let at = 0; at < 20; at++) pool.pick({ tried: [pool.at(0)], lastFailure: failed });
    const tried = [pool.at(0), pool.at(1)];
    expect(pool.select({ tried, lastFailure: failed })).toMatchObject({ is: "none", why: "tried" });
    const busy = { failure: "timeout", reason: "first_token" } as const;
    expect(pool.select({ tried, lastFailure: busy, scope: "other" })).toMatchObject({ is: "none", why: "tried" });
  });

  test("does not limit a task that tries again by itself", () => {
    const pool = new Pool([{}, {}]);
    for (let at = 0; at < 20; at++) pool.pick({ tried: [pool.at(0)], lastFailure: failed });
    expect(pool.pick({ isOwnRetry: true })).toBe("a");
  });

  test("of a conversation that is too long goes only to a context that is known to be larger", () => {
    const lastFailure = { failure: "bad_request", reason: "context_length" } as const;
    const pool = new Pool([
      { model: { contextLength: 8_000 } },
      { model: { contextLength: 8_000 } },
      {},
      { model: { contextLength: 16_000 } },
    ]);
    expect(pool.pick({ tried: [pool.at(0)], lastFailure })).toBe("d");
    expect(pool.select({ tried: [pool.at(0), pool.at(3)], lastFailure })).toMatchObject({ is: "none", why: "context" });
    expect(pool.select({ tried: [pool.at(2)], lastFailure })).toMatchObject({ is: "none", why: "context" });
  });

  test("of a conversation that is too long waits for the larger context where that is busy", () => {
    const lastFailure = { failure: "bad_request", reason: "context_length" } as const;
    const pool = new Pool([
      { model: { contextLength: 8_000 } },
      { model: { contextLength: 16_000 }, concurrency: 1 },
      { model: { contextLength: 8_000 } },
    ]);
    const lease = pool.take(1);
    expect(pool.select({ tried: [pool.at(0)], lastFailure })).toMatchObject({
      is: "full",
      backends: [{ id: "b" }],
      unwell: [],
    });
    lease.release(ANSWERED);
    expect(pool.choose({ tried: [pool.at(0)], lastFailure })).toMatchObject({
      candidate: { backend: { id: "b" } },
      decision: {
        dropped: [
          { backend: "a", why: "it was tried already" },
          { backend: "c", why: "it is not known to hold more than the one for which the conversation was too long" },
        ],
      },
    });
  });

  describe("after a failure of being too busy", () => {
    const lastFailure = { failure: "timeout", reason: "first_token" } as const;

    test("goes only to who has a place that nobody waits for", () => {
      const pool = new Pool([{}, { concurrency: 2 }, { concurrency: 2 }]);
      pool.take(1);
      pool.take(1);
      expect(pool.pick({ tried: [pool.at(0)], lastFailure })).toBe("c");
      pool.take(2);
      pool.take(2);
      expect(pool.select({ tried: [pool.at(0)], lastFailure })).toMatchObject({ is: "none", why: "overload" });
      expect(pool.select({ tried: [pool.at(0)], lastFailure: failed })).toMatchObject({ is: "full" });
    });

    test("where places are not known and none was too many of late, goes to any", () => {
      const pool = new Pool([{}, {}]);
      for (let at = 0; at < 20; at++) pool.take(1);
      expect(pool.select({ tried: [pool.at(0)], lastFailure })).toMatchObject({ is: "chosen" });
    });

    test("where places are not known and one was too many of late, goes only where as many calls were answered in time", () => {
      const pool = new Pool([{}, {}]);
      pool.fail(1, 1, "timeout");
      const go = () => pool.select({ tried: [pool.at(0)], lastFailure });
      const first = go();
      expect(first).toMatchObject({ is: "chosen" });
      expect(go()).toMatchObject({ is: "none", why: "overload" });
      const leases = [pool.take(1), pool.take(1)];
      for (const lease of leases) lease.release(ANSWERED);
      expect(go()).toMatchObject({ is: "chosen" });
      expect(go()).toMatchObject({ is: "chosen" });
      expect(go()).toMatchObject({ is: "none", why: "overload" });
    });
  });
});

describe("those that are unwell", () => {
  test("are passed over while others are well", () => {
    const pool = new Pool([{}, {}, {}]);
    pool.fail(0, 5);
    pool.call(1, RATE_LIMIT);
    expect(pool.choose()).toMatchObject({
      candidate: { backend: { id: "c" } },
      decision: {
        dropped: [
          { backend: "a", why: expect.stringContaining("failed too often") },
          { backend: "b", why: "it asked to be left alone for another 5 s" },
        ],
      },
    });
  });

  test("are asked all the same where there is nobody else at all, and the record says so", () => {
    for (const spoil of [
      (pool: Pool) => pool.fail(0, 5),
      (pool: Pool) => pool.call(0, RATE_LIMIT),
      (pool: Pool) => pool.call(0, AUTH),
      (pool: Pool) => pool.call(0, { is: "failed", failure: "unavailable", reason: "model_not_found" }),
    ]) {
      const pool = new Pool([{}]);
      spoil(pool);
      expect(pool.choose().decision).toMatchObject({ failOpen: true });
    }
  });

  test("with an open breaker are asked where more than half are shut out and nobody is well", () => {
    const pool = new Pool([{}, {}]);
    pool.fail(0, 5);
    pool.fail(1, 5);
    expect(pool.choose().decision).toMatchObject({ failOpen: true });
  });

  test("are not asked after another failed, as long as no more than half are shut out", () => {
    const pool = new Pool([{}, {}]);
    pool.fail(1, 5);
    expect(pool.select({ tried: [pool.at(0)], lastFailure: { failure: "server_error" } })).toMatchObject({
      is: "none",
      why: "open",
    });
  });

  test("help where more than half are shut out and the others have no place", () => {
    const pool = new Pool([{ concurrency: 1 }, {}, {}]);
    pool.take(0);
    pool.fail(1, 5);
    expect(pool.choose().candidate.backend.id).toBe("c");
    pool.fail(2, 5);
    expect(pool.choose()).toMatchObject({ candidate: { backend: { id: "b" } }, decision: { failOpen: true } });
  });

  test("that all asked to be left alone are, and it is said who is free first", () => {
    const pool = new Pool([{}, {}]);
    pool.call(0, { ...RATE_LIMIT, retryAfterMs: 40_000 });
    pool.call(1, { ...RATE_LIMIT, retryAfterMs: 9_000 });
    expect(pool.select()).toMatchObject({ is: "none", why: "cooling", retryAfterMs: 9_000 });
    expect(pool.choose({ isOwnRetry: true })).toMatchObject({
      candidate: { backend: { id: "b" } },
      decision: { failOpen: true },
    });
    pool.clock.pass(9_000);
    expect(pool.choose().decision.failOpen).toBeUndefined();
  });

  test("whose key was refused are never asked where there are others, and count as nobody", () => {
    const pool = new Pool([{}, {}, {}]);
    pool.call(0, AUTH);
    pool.call(1, AUTH);
    pool.fail(2, 5);
    expect(pool.pick()).toBe("c");
    pool.call(2, AUTH);
    expect(pool.select()).toMatchObject({ is: "none", why: "refused", retryAfterMs: 60_000 });
    pool.clock.pass(60_000);
    expect(pool.pick()).toBe("a");
  });

  test("whose key was refused stay out where the others are asked all the same", () => {
    const pool = new Pool([{}, {}, {}]);
    pool.call(0, AUTH);
    pool.fail(1, 5);
    pool.fail(2, 5);
    expect(pool.choose()).toMatchObject({ candidate: { backend: { id: "b" } }, decision: { failOpen: true } });
  });

  test("get one call that finds out, and no other beside it", () => {
    const pool = new Pool([{}, {}]);
    pool.fail(0, 5);
    pool.clock.pass(6_000);
    const probe = pool.choose();
    expect(probe.candidate.backend.id).toBe("a");
    expect(probe.decision.failOpen).toBeUndefined();
    expect(pool.pick()).toBe("b");
    probe.lease.release(ANSWERED);
    expect(pool.pick()).toBe("a");
  });
});

describe("a session", () => {
  const BUSY = { concurrency: 1 } as const;

  test("stays where it is as long as there is a place", () => {
    const pool = new Pool([{ concurrency: 8 }, { concurrency: 8 }, { concurrency: 8 }]);
    const first = pool.choose({ policy: "auto", session: "s" });
    for (let at = 0; at < 6; at++) {
      const next = pool.choose({ policy: "auto", session: "s" });
      expect(next.candidate).toBe(first.candidate);
      expect(next.decision.affinity).toBe("kept");
    }
  });

  test("goes elsewhere where staying costs more than three times as much, and stays there", () => {
    const pool = new Pool([{}, {}]);
    const session = "s";
    const first = pool.choose({ policy: "auto", session }).candidate;
    const at = pool.candidates.indexOf(first);
    for (let count = 0; count < 2; count++) pool.take(at);
    const moved = pool.choose({ policy: "auto", session });
    expect(moved.candidate).not.toBe(first);
    expect(moved.decision.affinity).toBe("moved to where it costs less");
    expect(pool.choose({ policy: "auto", session }).candidate).toBe(moved.candidate);
  });

  test("goes elsewhere where its place is taken, and is not held up", () => {
    for (const policy of ["auto", "ordered"]) {
      const pool = new Pool([BUSY, BUSY]);
      const first = pool.choose({ policy, session: "s" }).candidate;
      const moved = pool.choose({ policy, session: "s" });
      expect(moved.candidate).not.toBe(first);
      expect(moved.decision.affinity).toBe("moved, because it cannot go where it was");
    }
  });

  test("begins where its name says, so that every process begins it alike, and with the policy where order is meant", () => {
    const one = new Pool([{}, {}, {}, {}]);
    const other = new Pool([{}, {}, {}, {}]);
    for (let at = 0; at < 30; at++) {
      const session = `session ${at}`;
      expect(one.pick({ policy: "auto", session })).toBe(other.pick({ policy: "random", session }));
      const { candidate, decision, lease } = one.choose({ policy: "ordered", session: `${session} ordered` });
      expect([candidate.backend.id, decision.affinity]).toEqual(["a", "placed by the policy"]);
      lease.release({ is: "cancelled" });
    }
  });

  test("is forgotten after half an hour, and the oldest of ten thousand before", () => {
    const pool = new Pool([{}, {}]);
    const { sessions } = pool.health;
    const { health } = pool.at(0);
    sessions.pin("s", health, 0);
    expect(sessions.last("s", 30 * 60_000 - 1)).toBe(health);
    expect(sessions.last("s", 30 * 60_000)).toBeUndefined();
    for (let at = 0; at <= 10_000; at++) sessions.pin(`s${at}`, health, 0);
    expect([sessions.size, sessions.last("s0", 1), sessions.last("s1", 1)]).toEqual([10_000, undefined, health]);
  });
});

describe("placing sessions by their names", () => {
  const placed = (pool: Pool, candidates = pool.candidates) =>
    Array.from({ length: 2_000 }, (_, at) => rendezvous(`session ${at}`, candidates)?.backend.id);

  test("moves only the sessions of who goes", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 2, maxLength: 7 }),
        fc.nat(),
        (places, which) => {
          const pool = new Pool(places.map((concurrency) => ({ concurrency })));
          const gone = pool.at(which % places.length);
          const before = placed(pool);
          const after = placed(pool, pool.candidates.filter((candidate) => candidate !== gone).toReversed());
          for (const [at, id] of before.entries()) if (id !== gone.backend.id) expect(after[at]).toBe(id);
        },
      ),
      runs(10),
    );
  });

  test("gives each what it can take", () => {
    const pool = new Pool([{ concurrency: 1 }, { concurrency: 2 }, { concurrency: 5 }]);
    const counts: Record<string, number> = {};
    for (const id of placed(pool)) counts[id ?? ""] = (counts[id ?? ""] ?? 0) + 1;
    for (const [id, share] of [
      ["a", 250],
      ["b", 500],
      ["c", 1_250],
    ] as const) {
      const deviation = Math.sqrt((share * (2_000 - share)) / 2_000);
      expect(Math.abs((counts[id] ?? 0) - share)).toBeLessThan(3 * deviation);
    }
  });
});

describe("a policy of the application's own", () => {
  test("is given what it needs, and chooses", () => {
    const seen: unknown[] = [];
    const last: SelectionPolicy = {
      name: "last",
      choose: (candidates, surroundings) => {
        seen.push(surroundings);
        return candidates.at(-1) ?? candidates[0];
      },
    };
    const pool = new Pool([{}, {}], { policies: [last] });
    expect(pool.choose({ policy: "last", scope: "g", request: "r" })).toMatchObject({
      candidate: { backend: { id: "b" } },
      decision: { policy: "last", group: "g" },
    });
    expect(seen).toEqual([{ random: expect.any(Function), now: pool.clock.now(), scope: "g", request: "r" }]);
  });

  test("that changes the list that it is given, as one in JavaScript can, changes it for nobody", () => {
    // Safe: that it is not an array that may be changed is what is tried.
    const changing = (name: string, change: (list: Candidate[]) => unknown): SelectionPolicy => ({
      name,
      choose: (candidates) => change(candidates as unknown as Candidate[]) as Candidate,
    });
    const policies = [
      changing("sorting", (list) => list.sort((a, b) => (a.backend.id < b.backend.id ? 1 : -1))[0]),
      changing("popping", (list) => list.pop()),
    ];
    const pool = new Pool([{}, {}, {}], { policies });
    for (const { name } of policies) expect(pool.choose({ policy: name }).decision.policy).toBe("auto");
    expect(pool.candidates.map(({ backend }) => backend.id)).toEqual(["a", "b", "c"]);
    expect(pool.pick({ policy: "ordered" })).toBe("a");
  });

  test("that throws, or chooses what it was not given, leaves the choice to `auto`; the logger is told once", () => {
    const log = vi.fn();
    // Safe: the point is a policy that is not written in TypeScript.
    const none = { name: "none", choose: () => ({}) } as unknown as SelectionPolicy;
    const broken: SelectionPolicy = {
      name: "broken",
      choose: () => {
        throw new Error("the key is sk-1234567890abcdefghijkl");
      },
    };
    const pool = new Pool([{}, {}], { policies: [none, broken], logger: { log } });
    for (const policy of ["none", "broken", "none", "broken"]) {
      expect(pool.choose({ policy }).decision.policy).toBe("auto");
    }
    expect(log.mock.calls).toEqual([
      [
        "warn",
        "policy_failed",
        { policy: "none", problem: "it chose something that it was not given", instead: "auto" },
      ],
      ["warn", "policy_failed", { policy: "broken", problem: expect.not.stringContaining("sk-1234"), instead: "auto" }],
    ]);
  });
});

test("the scores of the three best are told, the best first", () => {
  const pool = new Pool([{}, {}, {}, {}, {}], { random: () => 0 });
  for (const [at, tookMs] of [5_600, 2_800, 28_000, 8_400, 14_000].entries()) pool.call(at, ANSWERED, tookMs);
  expect(pool.choose({ policy: "auto" }).decision.scores).toEqual([
    { backend: "b", model: "m", score: 10 },
    { backend: "a", model: "m", score: 20 },
    { backend: "d", model: "m", score: 30 },
  ]);
  expect(pool.choose({ policy: "random" }).decision.scores).toBeUndefined();
});

test("the same seed and the same calls give the same decisions", () => {
  const decisions = () => {
    const pool = new Pool([{ concurrency: 2 }, {}, { weight: 3 }]);
    const log: unknown[] = [];
    for (let at = 0; at < 300; at++) {
      const policy = ["auto", "random", "weighted", "least-loaded", "lowest-latency"][at % 5] ?? "auto";
      const selection = pool.select({ policy, session: at % 7 === 0 ? `s${at % 3}` : undefined });
      if (selection.is !== "chosen") continue;
      log.push([selection.candidate.backend.id, selection.decision]);
      pool.clock.pass(at % 900);
      if (at % 4 > 0) selection.lease.release(at % 11 === 0 ? { is: "failed", failure: "network" } : ANSWERED);
    }
    return log;
  };
  expect(decisions()).toEqual(decisions());
});

test("the numbers that the choices drew, drawn again, give the same choices", () => {
  const play = (random: Random) => {
    const pool = new Pool([{}, { weight: 2 }, {}, { weight: 3 }], { random });
    return Array.from({ length: 200 }, (_, at) => {
      const policy = ["auto", "random", "weighted", "least-loaded", "round-robin", "ordered"][at % 6] ?? "auto";
      const { candidate, lease, decision } = pool.choose({ policy });
      if (at % 3 > 0) lease.release(ANSWERED);
      return { id: candidate.backend.id, drawn: decision.drawn ?? [], candidates: decision.candidates };
    });
  };
  const choices = play(seededRandom(3));
  expect(choices.every(({ candidates }) => candidates === 4)).toBe(true);
  const drawn = choices.flatMap((choice) => choice.drawn);
  expect(play(() => drawn.shift() ?? Number.NaN)).toEqual(choices);
  expect(drawn).toEqual([]);
});
