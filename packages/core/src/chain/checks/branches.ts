import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** Branches that are never taken, because others take all that they would or the task never succeeds. */
export function checkBranches({ tasks }: ChainFacts): readonly Finding[] {
  return tasks.flatMap(({ path, branches }) =>
    [...branches.surplus].map(
      ([index, message]): Finding => ({
        severity: "warning",
        code: "unreachable_branch",
        path: memberPath(`${path}.transition.branches`, index),
        message,
      }),
    ),
  );
}
