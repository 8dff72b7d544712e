import { type Branch, OPERATORS } from "../chain.ts";
import { comparerOf } from "../compare-outcome.ts";
import type { TaskFacts } from "./chain-facts.ts";
import { includesBranch, matchesAll, readBranch } from "./includes-branch.ts";
import type { KnownOutcome } from "./known-outcomes.ts";

/** Comparing every branch with every other would take long for more; then only equal ones are found. */
const MOST_COMPARED = 300;

/** The branches that are never taken because others take all that they would, each with why. */
export function surplusBranches(
  { task }: Pick<TaskFacts, "task">,
  outcomes: readonly KnownOutcome[] | undefined,
): ReadonlyMap<number, string> {
  const { branches } = task.transition;
  const findTakers = branches.length <= MOST_COMPARED ? takersAmong(branches, outcomes) : equalTakers(branches);
  const found = branches.flatMap((branch, index): readonly (readonly [number, string])[] => {
    const takers = OPERATORS.includes(branch.operator) ? findTakers(branch, index) : [];
    if (takers.length === 0) return [];
    const named = takers.map((taker) => `${taker} (${describe(branches[taker])})`).join(" and ");
    const message = `task \`${task.id}\` never takes this branch: all that it matches is taken by branch ${named}; remove it, or change what it compares with`;
    return [[index, message]];
  });
  return new Map(found);
}

/** The places of the branches that leave nothing to a branch. None: there is something left to it. */
type FindTakers = (branch: Branch, index: number) => readonly number[];

function takersAmong(branches: readonly Branch[], outcomes: readonly KnownOutcome[] | undefined): FindTakers {
  const read = branches.map(readBranch);
  const comparers = branches.map(comparerOf);
  return (branch, index) => {
    const earlier = branches.slice(0, index);
    if (branch.operator === "default") {
      // A default is tried last, wherever it stands.
      const sooner = earlier.findIndex(({ operator }) => operator === "default");
      return found(sooner === -1 ? branches.findIndex(matchesAll) : sooner);
    }
    if (outcomes === undefined) {
      const inner = readBranch(branch);
      return found(read.slice(0, index).findIndex((outer) => includesBranch(outer, inner)));
    }
    // All that the task can report is known, so the branches can be tried on it.
    const before = comparers.slice(0, index);
    const takers = outcomes.filter(comparerOf(branch)).map((outcome) => before.findIndex((takes) => takes(outcome)));
    return takers.includes(-1) ? [] : [...new Set(takers)];
  };
}

function equalTakers(branches: readonly Branch[]): FindTakers {
  const first = new Map<string, number>();
  for (const [index, branch] of branches.entries()) if (!first.has(keyOf(branch))) first.set(keyOf(branch), index);
  return (branch, index) => {
    const equal = first.get(keyOf(branch));
    return equal === undefined || equal === index ? [] : [equal];
  };
}

function keyOf({ operator, when }: Branch): string {
  return operator === "default" ? operator : `${operator} ${when}`;
}

function found(index: number): readonly number[] {
  return index === -1 ? [] : [index];
}

function describe(branch: Branch | undefined): string {
  if (branch === undefined || branch.operator === "default") return "`default`";
  return `\`${branch.operator}\` \`${branch.when}\``;
}
