import type { Json } from "@catenary/core";
import { expect } from "vitest";
import type { Differences } from "../differences.ts";
import type { PlayedSequence } from "../play-sequence.ts";
import type { Row } from "./row.ts";

export type Expectation = Pick<Row, "cases" | "check">;

export function better(name: string, expectation: Expectation): Row {
  return { name, kind: "better", ...expectation };
}

export function free(name: string, expectation: Expectation): Row {
  return { name, kind: "free", ...expectation };
}

/** Ours is theirs but for these paths, where it is this. */
export function differ(expected: Readonly<Record<string, Differences>>): Expectation {
  return {
    cases: Object.keys(expected),
    check({ recorded, differences }) {
      expect(differences).toEqual(expected[recorded.name]);
    },
  };
}

/** A request at fault is told so: in the answers to these steps the status is another, and all that goes with it. */
export function refuse(status: 400 | 415, steps: Readonly<Record<string, readonly number[]>>): Expectation {
  const code = status === 400 ? "bad_request" : "unsupported_media";
  return {
    cases: Object.keys(steps),
    check({ recorded, differences }) {
      const expected = (steps[recorded.name] ?? []).map((step) => [
        [`steps[${step}].status`, status],
        [`steps[${step}].body.error.type`, "invalid_request_error"],
        [`steps[${step}].body.error.code`, code],
      ]);
      expect(differences).toEqual(Object.fromEntries(expected.flat()));
    },
  };
}

/** The original answers with an error, where ours ends well with this output. */
export function answer(outputs: Readonly<Record<string, Json>>): Expectation {
  return {
    cases: Object.keys(outputs),
    check({ recorded, ours, differences }) {
      expect(differences).toEqual({ "steps[0].status": 200, "steps[0].body.error": undefined });
      expect(ours.steps[0]?.body).toMatchObject({ output: outputs[recorded.name] });
    },
  };
}

/** What must hold of our answers to a case. */
export type Check = (played: PlayedSequence) => void;

/** Each case has a check of its own. */
export function hold(checks: Readonly<Record<string, Check>>): Expectation {
  return {
    cases: Object.keys(checks),
    check(played) {
      const check = checks[played.recorded.name];
      if (check === undefined) throw new Error(`there is no check for ${played.recorded.name}`);
      check(played);
    },
  };
}
