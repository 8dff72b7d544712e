import type { Chain } from "@catenary/core";
import { CatenaryError, suggest } from "@catenary/core";

/**
 * Refuses ids of tasks that a chain does not have: a misspelt one is never reached, so an assertion about it could not fail.
 *
 * @throws CatenaryError `task_unknown` with the id that was probably meant.
 */
export function checkTaskIds(chain: Chain | undefined, taskIds: readonly string[]): void {
  if (chain === undefined) return;
  const ids = chain.tasks.map(({ id }) => id);
  const unknown = taskIds.find((id) => !ids.includes(id));
  if (unknown === undefined) return;
  const meant = suggest(unknown, ids);
  const advice = meant === undefined ? "" : `. Did you mean ${JSON.stringify(meant)}?`;
  throw new CatenaryError(
    "task_unknown",
    `the chain ${chain.id} has no task ${JSON.stringify(unknown)}; it has: ${ids.join(", ")}${advice}`,
    { details: { chainId: chain.id, taskId: unknown, ...(meant !== undefined && { suggestion: meant }) } },
  );
}
