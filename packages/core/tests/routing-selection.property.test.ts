import fc from "fast-check";
import { expect, test, vi } from "vitest";
import type { Candidate } from "../src/routing/candidates/candidate.ts";
import { BUILT_IN_POLICIES } from "../src/routing/policies/list-policies.ts";
import { available } from "../src/routing/selection/available.ts";
import type { CallOutcome, Lease } from "../src/routing/selection/leases.ts";
import type { Chosen } from "../src/routing/selection/selection.ts";
import { standInLine, type WaitEnd } from "../src/routing/waiting/stand-in-line.ts";
import { type Member, Pool } from "./fixtures/pool.ts";
import { seededRandom } from "./fixtures/seeded-random.ts";
import { runs, TIMEOUT_MS } from "./property-runs.ts";

vi.setConfig({ testTimeout: TIMEOUT_MS });

const MOST_ATTEMPTS = 3;
/** What each call may spend. */
const TOKENS = 300;

const FAILURES: readonly CallOutcome[] = [
  { is: "failed", failure: "server_error" },
  { is: "failed", failure: "server_error", reason: "overloaded" },
  { is: "failed", failure: "server_error", reason: "overloaded", retryAfterMs: 2_000 },
  { is: "failed", failure: "timeout", reason: "first_token" },
  { is: "failed", failure: "network" },
  { is: "failed", failure: "rate_limit" },
  { is: "failed", failure: "rate_limit", retryAfterMs: 3_000 },
  { is: "failed", failure: "rate_limit", reason: "quota" },
  { is: "failed", failure: "auth" },
  { is: "failed", failure: "bad_request" },
];

const outcome: fc.Arbitrary<CallOutcome> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      is: fc.constant("answered" as const),
      inputTokens: fc.nat(2_000),
      outputTokens: fc.nat(500),
    }),
  },
  { weight: 4, arbitrary: fc.constantFrom(...FAILURES) },
  { weight: 1, arbitrary: fc.constant({ is: "cancelled" as const }) },
);

const member: fc.Arbitrary<Member> = fc.record(
  {
    concurrency: fc.integer({ min: 1, max: 3 }),
    weight: fc.integer({ min: 1, max: 4 }),
    priority: fc.nat(1),
    rank: fc.nat(1),
    spillAt: fc.constantFrom(0.5, 1),
    // Who finds a line full may wait in another, and is not told of places here.
    queueLength: fc.constant(1_000),
    queueTimeoutMs: fc.integer({ min: 1, max: 5_000 }),
    requestsPerMinute: fc.integer({ min: 1, max: 30 }),
    tokensPerMinute: fc.integer({ min: 0, max: 4_000 }),
  },
  { requiredKeys: ["queueLength"] },
);

const step = fc.oneof(
  fc.record({
    act: fc.constant("arrive" as const),
    policy: fc.constantFrom(...BUILT_IN_POLICIES),
    session: fc.option(fc.constantFrom("s", "t"), { nil: undefined }),
    isOwnRetry: fc.boolean(),
  }),
  fc.record({ act: fc.constant("end" as const), which: fc.nat(), outcome }),
  fc.record({ act: fc.constant("abort" as const), which: fc.nat() }),
  fc.record({ act: fc.constant("pass" as const), ms: fc.oneof(fc.nat(500), fc.nat(8_000), fc.nat(90_000)) }),
);

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;
type Arrival = Extract<Step, { readonly act: "arrive" }>;

interface Call {
  readonly arrival: Arrival;
  readonly tried: Candidate[];
  lastFailure?: Extract<CallOutcome, { readonly is: "failed" }>;
  lease?: Lease;
  stopWaiting?: () => void;
  answered?: boolean;
}

/** Calls that come, fail, wait and go in any order, on the code that chooses for them. */
class Traffic {
  readonly pool: Pool;
  readonly running: Call[] = [];
  readonly waiting: Call[] = [];
  firstTries = 0;
  furtherTries = 0;

  constructor(members: readonly Member[], seed: number) {
    this.pool = new Pool(members, { random: seededRandom(seed) });
  }

  play(step: Step): void {
    if (step.act === "arrive") this.attempt({ arrival: step, tried: [] });
    if (step.act === "pass") this.pool.clock.pass(step.ms);
    if (step.act === "end") this.end(this.running.splice(step.which % (this.running.length || 1), 1)[0], step.outcome);
    if (step.act === "abort") {
      const [call] = this.waiting.splice(step.which % (this.waiting.length || 1), 1);
      call?.stopWaiting?.();
    }
  }

  attempt(call: Call): void {
    const options = () => ({
      policy: call.arrival.policy,
      session: call.arrival.session,
      isOwnRetry: call.arrival.isOwnRetry,
      tried: call.tried,
      tokens: TOKENS,
      now: this.pool.clock.now(),
      ...(call.lastFailure !== undefined && { lastFailure: call.lastFailure }),
    });
    const select = () => {
      const free = new Set(this.free(call));
      const selection = this.pool.selector.select(this.pool.candidates, options());
      if (selection.is === "chosen") this.check(selection, call, free);
      return selection;
    };
    const selection = select();
    if (selection.is === "chosen") this.begin(call, selection);
    if (selection.is !== "full") return;
    this.waiting.push(call);
    const onEnd = (end: WaitEnd) => {
      const at = this.waiting.indexOf(call);
      if (at >= 0) this.waiting.splice(at, 1);
      if (end.is === "failed") throw end.error;
      if (end.is === "chosen") this.begin(call, end);
    };
    call.stopWaiting = standInLine(selection, { clock: this.pool.clock, select, onEnd });
  }

  begin(call: Call, { candidate, lease }: Chosen): void {
    if (call.tried.length === 0) this.firstTries++;
    else this.furtherTries++;
    call.tried.push(candidate);
    call.lease = lease;
    this.running.push(call);
  }

  end(call: Call | undefined, outcome: CallOutcome): void {
    if (call === undefined) return;
    call.lease?.release(outcome);
    call.answered = outcome.is === "answered";
    if (outcome.is !== "failed" || outcome.failure === "auth" || outcome.failure === "bad_request") return;
    call.lastFailure = outcome;
    if (call.tried.length < MOST_ATTEMPTS) this.attempt(call);
  }

  /** Those that are well, have a place and were not tried by the call. */
  free({ tried }: Call): readonly Candidate[] {
    return available(this.pool.candidates, { now: this.pool.clock.now(), tried, tokens: TOKENS, byWeight: false }).free;
  }

  /** What is chosen was not tried, has a place, and is well, unless the record says that this was not asked. */
  check({ candidate, decision }: Chosen, { tried }: Call, free: ReadonlySet<Candidate>): void {
    expect(this.pool.candidates).toContain(candidate);
    expect(tried).not.toContain(candidate);
    if (!free.has(candidate)) expect(decision.failOpen).toBe(true);
    else expect(decision.failOpen).toBeUndefined();
    expect(candidate.health.backend.held).toBeLessThanOrEqual(candidate.health.backend.concurrency);
  }

  checkAll(): void {
    for (const { health } of this.pool.candidates) {
      expect(health.held).toBeGreaterThanOrEqual(0);
      expect(health.backend.held).toBeLessThanOrEqual(health.backend.concurrency);
    }
    expect(this.pool.health.leases.total).toBe(this.running.length);
    for (const { health } of this.pool.candidates) {
      const { limits } = health.backend;
      // What is set aside is what calls under way may spend, to the token: each gives its part back once.
      if (limits !== undefined) expect(limits.reserved).toBe(health.backend.held * TOKENS);
    }
    expect(this.furtherTries).toBeLessThanOrEqual(20 + this.firstTries / 10 + 1e-6);
    for (const call of this.running) expect(call.tried.length).toBeLessThanOrEqual(MOST_ATTEMPTS);
    // Nobody waits while there is a place that it could have: after a failure of being too busy it may not have any.
    for (const call of this.waiting) expect(this.free(call)).toEqual([]);
  }

  drain(): void {
    for (const call of [...this.waiting]) call.stopWaiting?.();
    this.waiting.length = 0;
    for (const call of this.running.splice(0)) call.lease?.release({ is: "cancelled" });
  }
}

test("whatever comes in whatever order, no lease is lost, no limit passed, nobody unwell asked unsaid, and nobody waits in vain", () => {
  fc.assert(
    fc.property(
      fc.array(member, { minLength: 1, maxLength: 5 }),
      fc.integer(),
      fc.array(step, { maxLength: 120 }),
      (members, seed, steps) => {
        const traffic = new Traffic(members, seed);
        for (const one of steps) {
          traffic.play(one);
          traffic.checkAll();
        }
        traffic.drain();
        expect(traffic.pool.health.leases.total).toBe(0);
        expect(traffic.pool.clock.pending).toBe(0);
        for (const { health } of traffic.pool.candidates) {
          const { backend } = health;
          expect([health.held, backend.held, backend.line.length, backend.limits?.reserved ?? 0]).toEqual([0, 0, 0, 0]);
        }
      },
    ),
    runs(150),
  );
});

test("those that wait for one backend are served in the order in which they came", () => {
  const action = fc.oneof(fc.constant("come" as const), fc.constant("end" as const), fc.nat(9));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 3 }), fc.array(action, { maxLength: 80 }), (concurrency, actions) => {
      const pool = new Pool([{ concurrency, queueLength: 100, queueTimeoutMs: 1_000_000 }]);
      const served: number[] = [];
      const leases: Lease[] = [];
      const waits = new Map<number, () => void>();
      const serve = (id: number, lease: Lease) => {
        waits.delete(id);
        served.push(id);
        leases.push(lease);
      };
      for (const [id, one] of actions.entries()) {
        if (one === "end") leases.shift()?.release({ is: "cancelled" });
        else if (one === "come") {
          const select = () => pool.select();
          const selection = select();
          if (selection.is === "chosen") serve(id, selection.lease);
          if (selection.is !== "full") continue;
          const onEnd = (end: WaitEnd) => void (end.is === "chosen" && serve(id, end.lease));
          waits.set(id, standInLine(selection, { clock: pool.clock, select, onEnd }));
        } else {
          const [gone] = [...waits.keys()].slice(one % (waits.size || 1));
          if (gone === undefined) continue;
          waits.get(gone)?.();
          waits.delete(gone);
        }
        expect(served).toEqual([...served].sort((a, b) => a - b));
        expect(pool.at(0).health.backend.line.length).toBe(waits.size);
        if (waits.size > 0) expect(leases.length).toBe(concurrency);
      }
    }),
    runs(100),
  );
});

test("those that wait for several backends are served in the order in which they came, whichever has a place first", () => {
  const action = fc.oneof(fc.constant("come" as const), fc.nat(9));
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 2, maxLength: 4 }),
      fc.array(action, { maxLength: 80 }),
      (places, actions) => {
        const pool = new Pool(
          places.map((concurrency) => ({ concurrency, queueLength: 100, queueTimeoutMs: 1_000_000 })),
        );
        const served: number[] = [];
        const leases: Lease[] = [];
        const serve = (id: number, lease: Lease) => {
          served.push(id);
          leases.push(lease);
        };
        let came = 0;
        for (const one of actions) {
          if (one !== "come") leases.splice(one % (leases.length || 1), 1)[0]?.release({ is: "cancelled" });
          else {
            const id = came++;
            const select = () => pool.select({ policy: "auto" });
            const selection = select();
            if (selection.is === "chosen") serve(id, selection.lease);
            if (selection.is !== "full") continue;
            const onEnd = (end: WaitEnd) => void (end.is === "chosen" && serve(id, end.lease));
            standInLine(selection, { clock: pool.clock, select, onEnd });
          }
          expect(served).toEqual(served.map((_, at) => at));
          const all = places.reduce((sum, count) => sum + count, 0);
          if (served.length < came) expect(leases.length).toBe(all);
        }
      },
    ),
    runs(100),
  );
});

test("as long as somebody is well and has a place, a call that may try everybody ends with an answer", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 6 }),
      fc.nat(),
      fc.constantFrom(...BUILT_IN_POLICIES),
      fc.array(fc.constantFrom(...FAILURES.slice(0, 8)), { minLength: 6, maxLength: 6 }),
      fc.integer(),
      (count, which, policy, failures, seed) => {
        const pool = new Pool(Array(count).fill({}), { random: seededRandom(seed) });
        const well = pool.at(which % count);
        for (let call = 0; call < 12; call++) {
          const tried: Candidate[] = [];
          let lastFailure: (typeof failures)[number] | undefined;
          for (;;) {
            const failed = lastFailure?.is === "failed" ? { lastFailure } : {};
            const chosen = pool.choose({ policy, tried, ...failed });
            if (chosen.candidate === well) {
              chosen.lease.release({ is: "answered", outputTokens: 10 });
              break;
            }
            tried.push(chosen.candidate);
            lastFailure = failures[pool.candidates.indexOf(chosen.candidate)] ?? { is: "cancelled" };
            chosen.lease.release(lastFailure);
          }
          pool.clock.pass(500);
          // Further tries are limited, and that is another matter.
          for (let paid = 0; paid < 60; paid++) pool.health.budget("").earn();
        }
      },
    ),
    runs(60),
  );
});

test("a hundred thousand calls that are given up at any time leave nothing behind", () => {
  const random = seededRandom(7);
  const pool = new Pool([{ concurrency: 2, queueLength: 8 }, { concurrency: 3 }, { requestsPerMinute: 600 }], {
    random,
  });
  const held: Lease[] = [];
  const waits = new Map<number, () => void>();
  let ended = 0;
  for (let call = 0; call < 100_000; call++) {
    const select = () => pool.select({ policy: "auto" });
    const selection = select();
    if (selection.is === "chosen") held.push(selection.lease);
    if (selection.is === "full") {
      let isOver = false;
      const onEnd = (end: WaitEnd) => {
        isOver = true;
        ended++;
        waits.delete(call);
        if (end.is === "chosen") held.push(end.lease);
      };
      const giveUp = standInLine(selection, { clock: pool.clock, select, onEnd });
      if (!isOver) waits.set(call, giveUp);
    }
    while (held.length > 0 && random() < 0.45) {
      const [lease] = held.splice(Math.floor(random() * held.length), 1);
      lease?.release(FAILURES[Math.floor(random() * 200)] ?? { is: "cancelled" });
    }
    const [first] = waits;
    if (first !== undefined && random() < 0.2) {
      waits.delete(first[0]);
      first[1]();
    }
    if (random() < 0.1) pool.clock.pass(Math.floor(random() * 3_000));
  }
  expect(ended).toBeGreaterThan(5_000);
  for (const giveUp of waits.values()) giveUp();
  for (const lease of held) lease.release({ is: "cancelled" });
  expect([pool.health.leases.total, pool.clock.pending]).toEqual([0, 0]);
  for (const { health } of pool.candidates)
    expect([health.held, health.backend.held, health.backend.line.length]).toEqual([0, 0, 0]);
});
