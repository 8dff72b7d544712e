import { describe, expect, test } from "vitest";
import { ANSWERED, type Member, Pool } from "../../../tests/fixtures/pool.ts";
import type { Lease } from "../selection/leases.ts";
import { type StandInLine, standInLine, type WaitEnd } from "./stand-in-line.ts";

const ONE: Member = { concurrency: 1, queueLength: 2, queueTimeoutMs: 1_000 };

/** Calls that wait in front of a pool, and how their waits ended. */
class Waiters {
  readonly ended: string[] = [];
  readonly leases: Lease[] = [];
  readonly pool: Pool;

  constructor(pool: Pool) {
    this.pool = pool;
  }

  wait(name: string, more: Partial<StandInLine> = {}, candidates = this.pool.candidates): () => void {
    const select = () => this.pool.select({}, candidates);
    const full = select();
    if (full.is !== "full") throw new Error(`expected that all are full, got ${full.is}`);
    const onEnd = (end: WaitEnd) => {
      this.ended.push(end.is === "chosen" ? `${name} on ${end.candidate.backend.id}` : `${name} ${end.is}`);
      if (end.is === "chosen") this.leases.push(end.lease);
    };
    return standInLine(full, { clock: this.pool.clock, select, onEnd, ...more });
  }
}

test("places go to those who wait in the order in which they came, in the very turn in which they come free", () => {
  const pool = new Pool([ONE]);
  const waiters = new Waiters(pool);
  const lease = pool.take(0);
  waiters.wait("first");
  waiters.wait("second");
  lease.release(ANSWERED);
  expect(waiters.ended).toEqual(["first on a"]);
  waiters.leases[0]?.release(ANSWERED);
  expect(waiters.ended).toEqual(["first on a", "second on a"]);
  expect([pool.at(0).health.backend.line.length, pool.clock.pending]).toEqual([0, 0]);
});

test("who waits for several takes the first place, and leaves all lines", () => {
  const pool = new Pool([ONE, ONE]);
  const waiters = new Waiters(pool);
  pool.take(0);
  const second = pool.take(1);
  waiters.wait("w");
  expect(pool.candidates.map(({ health }) => health.backend.line.length)).toEqual([1, 1]);
  second.release(ANSWERED);
  expect(waiters.ended).toEqual(["w on b"]);
  expect(pool.candidates.map(({ health }) => health.backend.line.length)).toEqual([0, 0]);
});

test("who has no use for a place lets the next one have it", () => {
  const pool = new Pool([ONE, ONE]);
  const waiters = new Waiters(pool);
  const { backend } = pool.at(0);
  const other = { backend, model: { id: "other" }, health: pool.health.of(backend, "other"), rank: 0 };
  const lease = pool.take(0);
  pool.take(1);
  waiters.wait("picky");
  waiters.wait("other", {}, [other]);
  pool.at(0).health.missingSince = pool.clock.now();
  lease.release({ is: "cancelled" });
  expect(waiters.ended).toEqual(["other on a"]);
});

test("no more may wait than the backend says", () => {
  const pool = new Pool([ONE]);
  const waiters = new Waiters(pool);
  pool.take(0);
  for (const name of ["1", "2", "3"]) waiters.wait(name);
  expect(waiters.ended).toEqual(["3 line_full"]);
});

describe("a wait ends", () => {
  test("when the backend's patience does, or before, where the call has less", () => {
    const pool = new Pool([ONE]);
    const waiters = new Waiters(pool);
    pool.take(0);
    waiters.wait("patient");
    waiters.wait("hurried", { mostMs: 300 });
    pool.clock.pass(300);
    expect(waiters.ended).toEqual(["hurried timed_out"]);
    pool.clock.pass(700);
    expect(waiters.ended).toEqual(["hurried timed_out", "patient timed_out"]);
    expect([pool.at(0).health.backend.line.length, pool.clock.pending]).toEqual([0, 0]);
  });

  test("when it is given up, and is told nothing then", () => {
    const pool = new Pool([ONE]);
    const waiters = new Waiters(pool);
    const lease = pool.take(0);
    const giveUp = waiters.wait("w");
    giveUp();
    lease.release(ANSWERED);
    expect([waiters.ended, pool.at(0).health.held, pool.clock.pending]).toEqual([[], 0, 0]);
  });

  test("when nobody may be asked any more", () => {
    const pool = new Pool([ONE, ONE]);
    const waiters = new Waiters(pool);
    const [a, b] = [pool.take(0), pool.take(1)];
    waiters.wait("w");
    a.release({ is: "failed", failure: "auth" });
    b.release({ is: "failed", failure: "auth" });
    expect(waiters.ended).toEqual(["w none"]);
  });

  test("with what choosing threw", () => {
    const pool = new Pool([ONE]);
    const waiters = new Waiters(pool);
    const lease = pool.take(0);
    const select = () => {
      throw new Error("broken");
    };
    waiters.wait("w", { select });
    lease.release(ANSWERED);
    expect(waiters.ended).toEqual(["w failed"]);
  });
});

test("who is let alone until then is asked when its time is over, although no place came free", () => {
  const pool = new Pool([ONE, {}]);
  const waiters = new Waiters(pool);
  pool.take(0);
  pool.call(1, { is: "failed", failure: "rate_limit", retryAfterMs: 400 });
  waiters.wait("w");
  pool.clock.pass(399);
  expect(waiters.ended).toEqual([]);
  pool.clock.pass(1);
  expect(waiters.ended).toEqual(["w on b"]);
});

test("who is unwell is asked as soon as one of its calls finds out that it is well again", () => {
  const pool = new Pool([ONE, {}, {}]);
  const waiters = new Waiters(pool);
  pool.take(0);
  pool.fail(1, 5);
  pool.clock.pass(6_000);
  const probe = pool.take(1);
  pool.call(2, { is: "failed", failure: "auth" });
  waiters.wait("w");
  probe.release(ANSWERED);
  expect(waiters.ended).toEqual(["w on b"]);
});

test("a minute's limit lets those who wait go when the minute is over", () => {
  const pool = new Pool([{ requestsPerMinute: 2, queueTimeoutMs: 90_000 }]);
  const waiters = new Waiters(pool);
  for (let at = 0; at < 2; at++) pool.call(0, ANSWERED);
  waiters.wait("w");
  pool.clock.pass(59_999);
  expect(waiters.ended).toEqual([]);
  pool.clock.pass(1_001);
  expect(waiters.ended).toEqual(["w on a"]);
});

test("a minute's limit that ends too late is not waited for", () => {
  const pool = new Pool([{ requestsPerMinute: 1, queueTimeoutMs: 10_000 }]);
  pool.call(0, ANSWERED);
  expect(pool.select()).toMatchObject({ is: "none", why: "limited", retryAfterMs: 61_000 });
});
