import { expect } from "vitest";
import { isJsonObject, type Json } from "../../../src/value/json.ts";
import type { Differences } from "../differences.ts";
import { readText } from "../read-text.ts";
import type { Expectation, Played } from "./row.ts";

/** Ours is theirs but for these paths, where it is this. */
export function differ(expected: Readonly<Record<string, Differences>>): Expectation {
  return {
    cases: Object.keys(expected),
    check({ recorded, differences }) {
      expect(differences).toEqual(expected[recorded.name]);
    },
  };
}

/** The case fails before it calls anything, with this code: of a finding, or of the error. */
export function refuse(code: string, cases: readonly string[]): Expectation {
  return {
    cases,
    check({ recorded, ours }) {
      const { status, modelCalls, hookCalls, repliesLeft } = ours;
      expect({ status, code: ours.code, modelCalls, hookCalls, repliesLeft }).toEqual({
        status: "failed",
        code,
        modelCalls: [],
        hookCalls: [],
        repliesLeft: recorded.replies?.length ?? 0,
      });
    },
  };
}

/** The run makes the same calls as theirs, and fails in this task with this code. */
export function fail(task: string, code: string, cases: readonly string[]): Expectation {
  return {
    cases,
    check({ ours, differences }) {
      expect({ status: ours.status, task: ours.failedTask, code: ours.code }).toEqual({ status: "failed", task, code });
      expectSameCalls(differences);
    },
  };
}

export interface ExpectedAnswer {
  readonly output: Json;
  /** Default `string`. */
  readonly outputType?: string;
  /** The attempts in their order: `ask[5] fix[]! miss[noop]` with the transition of each, and `!` where it failed. */
  readonly path: string;
}

/** The run makes the same calls as theirs, and ends well with this. */
export function answer(expected: Readonly<Record<string, ExpectedAnswer>>): Expectation {
  return {
    cases: Object.keys(expected),
    check({ recorded, ours, differences }) {
      const { output, outputType } = ours;
      const wanted = expected[recorded.name];
      expect({ status: ours.status, output, outputType, path: pathOf(ours) }).toEqual({
        status: "ok",
        outputType: "string",
        ...wanted,
      });
      expectSameCalls(differences);
    },
  };
}

function pathOf({ state = [] }: Played["ours"]): string {
  return state
    .map(
      ({ taskID, transition, failed }) => `${taskID}[${JSON.stringify(transition).slice(1, -1)}]${failed ? "!" : ""}`,
    )
    .join(" ");
}

function expectSameCalls(differences: Differences): void {
  const calls = Object.keys(differences).filter((path) => /^(modelCalls|hookCalls|repliesLeft)/.test(path));
  expect(calls).toEqual([]);
}

/** Only the `input` of debug records differs: in ours it is the JSON text of a value of this kind. */
export function printInputsAsJson(kind: "object" | "array", cases: readonly string[]): Expectation {
  return {
    cases,
    check({ differences }) {
      for (const [path, text] of Object.entries(differences)) {
        expect(path).toMatch(/^state\[\d+\]\.input$/);
        const value = readText(String(text));
        expect(isJsonObject(value) ? "object" : Array.isArray(value) ? "array" : "text").toBe(kind);
        expect(text).toBe(JSON.stringify(value));
      }
    },
  };
}
