import { type Branch, OPERATORS, type TaskDefinition } from "../chain.ts";
import { comparerOf } from "../compare-outcome.ts";
import type { HandlerSpec } from "../handler-spec.ts";
import { type Fault, impossibleBranches } from "./impossible-branches.ts";
import { type KnownOutcome, knownOutcomes } from "./known-outcomes.ts";
import type { Leads } from "./leads.ts";
import type { Misread } from "./misread.ts";
import { surplusBranches } from "./surplus-branches.ts";
import { neverSucceeds, waysOut } from "./ways-out.ts";

/** What is known of a task's branches before it runs. */
export interface BranchFacts {
  /** By their places: those that compare with what the task never reports. */
  readonly impossible: ReadonlyMap<number, Fault>;
  /** By their places: those that other branches leave nothing to, and all of a task that never succeeds. With why. */
  readonly surplus: ReadonlyMap<number, string>;
  /** What the task can report and no branch takes. */
  readonly unmatched: readonly KnownOutcome[];
  readonly leads: Leads;
}

/** `path` is that of the task. Nothing is concluded from what could not be read. */
export function branchFacts(
  task: TaskDefinition,
  path: string,
  spec: HandlerSpec | undefined,
  misread: Misread,
): BranchFacts {
  const known = NEEDED.some((field) => misread.touches(`${path}.${field}`)) ? undefined : spec;
  const isWhole = !misread.touches(`${path}.transition`);
  const outcomes = misread.touches(`${path}.valid_conditions`) ? undefined : knownOutcomes(task, known);
  const isCompared = isWhole && !neverSucceeds(task, known);
  const impossible: ReadonlyMap<number, Fault> = isCompared
    ? impossibleBranches({ task, spec: known }, outcomes)
    : new Map();
  const surplus: ReadonlyMap<number, string> = isWhole ? surplusOf(task, known, outcomes) : new Map();
  const dead = new Set(task.transition.branches.filter((_, index) => impossible.has(index) || surplus.has(index)));
  const ways = waysOut(task, known).filter(({ branch }) => branch === undefined || !dead.has(branch));
  return {
    impossible,
    surplus,
    unmatched: isCompared ? unmatchedOf(task.transition.branches, outcomes, impossible) : [],
    leads: {
      onSuccess: ways.filter(({ isFailure }) => !isFailure).map(({ goto }) => goto),
      onFailure: ways.filter(({ isFailure }) => isFailure).map(({ goto }) => goto),
    },
  };
}

/** What decides about outcomes beside the branches. */
const NEEDED = ["handler", "output_template", "output"] as const;

function surplusOf(
  task: TaskDefinition,
  spec: HandlerSpec | undefined,
  outcomes: readonly KnownOutcome[] | undefined,
): ReadonlyMap<number, string> {
  if (!neverSucceeds(task, spec)) return surplusBranches({ task }, outcomes);
  const message = `task \`${task.id}\` (${task.handler}) never succeeds, so it takes no branch: remove it, or lead \`on_failure\` there`;
  return new Map(task.transition.branches.map((_, index) => [index, message]));
}

function unmatchedOf(
  branches: readonly Branch[],
  outcomes: readonly KnownOutcome[] | undefined,
  impossible: ReadonlyMap<number, Fault>,
): readonly KnownOutcome[] {
  if (outcomes === undefined || branches.length === 0 || branches.some(mayTakeAny)) return [];
  const comparers = branches.map(comparerOf);
  // A branch that is only misspelt is reported as that.
  const meant = new Set([...impossible.values()].map(({ suggestion }) => suggestion));
  return outcomes.filter((outcome) => !meant.has(outcome.text) && !comparers.some((matches) => matches(outcome)));
}

/** A default, and an operator that nobody knows. */
function mayTakeAny({ operator }: Branch): boolean {
  return operator === "default" || !OPERATORS.includes(operator);
}
