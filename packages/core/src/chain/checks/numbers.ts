import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { ExecuteConfig } from "../chain.ts";
import type { Finding } from "../finding.ts";

/**
 * Numbers that cannot be. What runs takes a negative number of retries as none, and such limits as not given; others go to the model, which
 * refuses them.
 */
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
    ...atLeast(0, given?.temperature, `${path}.temperature`),
    ...atLeast(1, given?.maxTokens, `${path}.max_tokens`),
    ...probability(given?.topP, `${path}.top_p`),
    ...atLeast(1, given?.routing?.attempts, `${path}.routing.attempts`),
  ];
}

function probability(value: number | undefined, path: string): readonly Finding[] {
  if (value === undefined || (value >= 0 && value <= 1)) return [];
  const message = `expected a number from 0 to 1, got ${value}`;
  return [{ severity: "warning", code: "invalid_number", path, message }];
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
