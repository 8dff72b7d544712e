import type { Branch, Chain, TaskDefinition, WayOut } from "@catenary/core";
import { waysOut } from "@catenary/core";
import { labelOf } from "../path/explain-leg.ts";

/** One way from a task to the next. */
export interface ChainTransition {
  /** `classify: equals "urgent"`; unique in a chain. For `assertComplete({ except })`. */
  readonly name: string;
  readonly from: string;
  /** `equals "urgent"`, `default`, `on_failure`, or `end` for a task without branches. */
  readonly label: string;
  /** A task's id, or `end`. */
  readonly to: string;
  /** Absent where nothing is compared. */
  readonly branch?: Branch;
  /** Whether it is the way out after a failure. */
  readonly isFailure: boolean;
}

/** Every way that a run can take, in the order in which they are written. */
export function transitionsOfChain(chain: Chain): readonly ChainTransition[] {
  return chain.tasks.flatMap((task) => numberRepeats(waysOut(task).map((way) => transitionOf(task, way))));
}

function transitionOf({ id }: TaskDefinition, { goto, branch, isFailure }: WayOut): ChainTransition {
  const label = isFailure ? "on_failure" : branch === undefined ? goto : labelOf(branch);
  return { name: `${id}: ${label}`, from: id, label, to: goto, ...(branch !== undefined && { branch }), isFailure };
}

/** Two branches of one task may say the same; only the first is ever taken, and the report shows it. */
function numberRepeats(ways: readonly ChainTransition[]): ChainTransition[] {
  const seen = new Map<string, number>();
  return ways.map((one) => {
    const count = (seen.get(one.name) ?? 0) + 1;
    seen.set(one.name, count);
    return count === 1 ? one : { ...one, name: `${one.name} (${count})`, label: `${one.label} (${count})` };
  });
}
