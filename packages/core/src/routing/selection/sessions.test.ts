import { describe, expect, test } from "vitest";
import { Pool } from "../../../tests/fixtures/pool.ts";

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
