import type { ChainFacts } from "../analysis/chain-facts.ts";
import { isEnd } from "../analysis/task-places.ts";
import type { Finding } from "../finding.ts";

/** Tasks that no run comes to. One whose id is empty, reserved or repeated is reported as that. */
export function checkReachability({ tasks, byId }: ChainFacts): readonly Finding[] {
  return tasks
    .filter(({ task, reachable }) => !reachable && byId.get(task.id) === task && !isEnd(task.id))
    .map(({ task, path }) => ({
      severity: "warning",
      code: "unreachable_task",
      path,
      message: `no run comes to task \`${task.id}\`: expected a branch or \`on_failure\` that goes to it`,
    }));
}
