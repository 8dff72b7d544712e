import type { Branch, Chain, TaskDefinition } from "@catenary/core";
import { compileChain, END } from "@catenary/core";
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
  /** Whether it is the way out after a failure. */
  readonly isFailure: boolean;
  /** Whether an outcome takes this way, before any other is asked. */
  matches(outcome: { readonly text: string; readonly transition: string }): boolean;
}

/** Every way that a run can take, in the order in which they are written. A second `default` of a task is none. */
export function transitionsOfChain(chain: Chain): readonly ChainTransition[] {
  const program = compileChain(chain);
  return program.tasks.flatMap(({ definition, branches: compiled }): ChainTransition[] => {
    const { branches, onFailure } = definition.transition;
    const fallback = branches.find(isDefault);
    const compared = branches
      .filter((branch) => !isDefault(branch))
      .map((branch, place) =>
        way(definition, labelOf(branch), branch.goto, (outcome) => compiled[place]?.matches(outcome) === true),
      );
    const ways = [
      ...compared,
      ...(fallback === undefined ? [] : [way(definition, "default", fallback.goto, () => true)]),
      ...(branches.length === 0 && definition.handler !== "raise_error" ? [way(definition, END, END, () => true)] : []),
      ...(onFailure === undefined
        ? []
        : [{ ...way(definition, "on_failure", onFailure, () => false), isFailure: true }]),
    ];
    return numberRepeats(ways);
  });
}

function isDefault({ operator }: Branch): boolean {
  return operator === "default";
}

function way(task: TaskDefinition, label: string, goto: string, matches: ChainTransition["matches"]): ChainTransition {
  const { id } = task;
  return { name: `${id}: ${label}`, from: id, label, to: goto || END, isFailure: false, matches };
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
