import { CatenaryError } from "../errors/catenary-error.ts";
import type { Outcome } from "../value/outcome.ts";
import { type CompiledTask, FINISH, type Target } from "./program.ts";

/** Where a task that succeeded leads: the first branch that matches, else the first `default`. Without any branch, the end. */
export function chooseBranch(task: CompiledTask, outcome: Outcome): Target {
  for (const branch of task.branches) if (branch.matches(outcome)) return branch.target;
  if (task.fallback !== undefined) return task.fallback;
  if (task.branches.length === 0) return FINISH;
  throw new CatenaryError(
    "no_branch_matched",
    `no branch of task ${task.definition.id} matches its outcome ${JSON.stringify(shorten(outcome.text))}, and it has no default: add a branch with the operator default`,
  );
}

const LONGEST_QUOTE = 80;

/** Outcomes can be whole replies of a model. */
function shorten(text: string): string {
  return text.length <= LONGEST_QUOTE ? text : `${text.slice(0, LONGEST_QUOTE)}…`;
}
