import { describe, expect, test } from "vitest";
import { ANSWERED, Pool } from "../../../tests/fixtures/pool.ts";

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
