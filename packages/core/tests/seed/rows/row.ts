import type { Answer, OurAnswer } from "../answer.ts";
import type { Differences } from "../differences.ts";
import type { RecordedCase } from "../recorded-case.ts";

/** A recorded case, played. */
export interface Played {
  readonly recorded: RecordedCase;
  readonly theirs: Answer;
  readonly ours: OurAnswer;
  readonly differences: Differences;
}

/** What is expected of our answers to some cases. */
export interface Expectation {
  readonly cases: readonly string[];
  /** Throws where our answer to one of the cases is not the expected one. */
  check(played: Played): void;
}

/** One difference from contenox/runtime. `docs/differences.md` says under the same name what both do, and why. */
export interface Row extends Expectation {
  readonly name: string;
  /** `better`: the original is wrong. `free`: nobody relies on it, such as how Go prints a map. */
  readonly kind: "better" | "free";
}

export function better(name: string, expectation: Expectation): Row {
  return { name, kind: "better", ...expectation };
}

export function free(name: string, expectation: Expectation): Row {
  return { name, kind: "free", ...expectation };
}
