import { type ChainFacts, MOST_TASKS_OF_SMALL } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";

/** Chains that are too long for what takes the square of the number of their tasks. */
export function checkSizes({ isSmall, tasks }: ChainFacts): readonly Finding[] {
  if (isSmall) return [];
  const message = `expected at most ${MOST_TASKS_OF_SMALL} tasks to check completely, got ${tasks.length}: whether a variable is set on some way, the flow of types and the chain's \`output\` are not checked, and no target is suggested`;
  return [{ severity: "warning", code: "partly_checked", path: "$.tasks", message }];
}
