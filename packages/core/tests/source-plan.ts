import type { BranchSource, ChainSource, TaskSource } from "../src/chain/source/chain-source.ts";

/** What a task is, before it is decided how it is written. */
export interface Plan {
  readonly id: string;
  readonly fields: Omit<TaskSource, "transition" | "next" | "onFailure">;
  readonly branches: readonly BranchSource[];
  readonly onFailure: string | undefined;
  readonly style: Style;
}

/** Which of several ways to say the same is taken, where it can be. */
export interface Style {
  readonly next: boolean;
  readonly failureInTransition: boolean;
  readonly numbers: boolean;
}

/** The tasks by their ids, in short. */
export function tasksById(plans: readonly Plan[]): ChainSource["tasks"] {
  return Object.fromEntries(plans.map((plan) => [plan.id, write(plan)]));
}

/** With every branch in `transition`. */
export function writeOut({ fields, branches, onFailure }: Plan): TaskSource {
  return { ...fields, transition: { branches, ...(onFailure !== undefined && { onFailure }) } };
}

/** In short where that can say it. */
export function write(plan: Plan): TaskSource {
  const { fields, branches, onFailure, style } = plan;
  const next = style.next ? shortNext(branches) : undefined;
  const failure = onFailure !== undefined && { onFailure };
  const transition = {
    ...(next === undefined && branches.length > 0 && { branches: branches.map((branch) => withNumber(branch, style)) }),
    ...(style.failureInTransition && failure),
  };
  return {
    ...fields,
    ...(Object.keys(transition).length > 0 && { transition }),
    ...(next !== undefined && { next }),
    ...(!style.failureInTransition && failure),
  };
}

/** Undefined where branches are compared otherwise, or would change their order as keys. */
function shortNext(branches: readonly BranchSource[]): TaskSource["next"] {
  const last = branches.at(-1);
  if (last?.operator !== "default") return undefined;
  const compared = branches.slice(0, -1);
  if (compared.length === 0) return last.goto;
  if (compared.some(({ operator, when }) => operator !== "equals" || /^\d+$/.test(String(when)))) return undefined;
  return { ...Object.fromEntries(compared.map(({ when, goto }) => [String(when), goto])), default: last.goto };
}

function withNumber(branch: BranchSource, { numbers }: Style): BranchSource {
  const { when } = branch;
  return numbers && when !== undefined && String(Number(when)) === when ? { ...branch, when: Number(when) } : branch;
}
