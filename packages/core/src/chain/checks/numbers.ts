import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { ExecuteConfig } from "../chain.ts";
import type { Finding } from "../finding.ts";

/** Counts that are less than they can be. What runs takes a negative number of retries as none, and such limits as not given. */
export function checkNumbers({ definition, tasks }: ChainFacts): readonly Finding[] {
  return [
    ...atLeast(0, definition.tokenLimit, "$.token_limit"),
    ...executeConfig(definition.executeConfig, "$.execute_config"),
    ...tasks.flatMap(({ task, path }) => [
      ...retries(task.retryOnFailure, `${path}.retry_on_failure`),
      ...retries(task.retry?.max, `${path}.retry.max`),
      ...executeConfig(task.executeConfig, `${path}.execute_config`),
    ]),
  ];
}

function executeConfig(given: ExecuteConfig | undefined, path: string): readonly Finding[] {
  return [
    ...atLeast(1, given?.maxTokens, `${path}.max_tokens`),
    ...atLeast(1, given?.routing?.attempts, `${path}.routing.attempts`),
  ];
}

function retries(count: number | undefined, path: string): readonly Finding[] {
  if (count === undefined || count >= 0) return [];
  const message = `expected how often to try again, got ${count}; it is taken as 0`;
  return [{ severity: "warning", code: "negative_retry", path, message, suggestion: "0" }];
}

function atLeast(least: number, value: number | undefined, path: string): readonly Finding[] {
  if (value === undefined || value >= least) return [];
  return [{ severity: "warning", code: "invalid_number", path, message: `expected at least ${least}, got ${value}` }];
}
