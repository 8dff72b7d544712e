import { describe, expect, test, vi } from "vitest";
import { Pool } from "../../../tests/fixtures/pool.ts";
import type { Candidate } from "../candidates/candidate.ts";
import type { SelectionPolicy } from "./selection-policy.ts";

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
