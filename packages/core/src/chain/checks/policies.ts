import { suggest } from "../../value/suggest.ts";
import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { ExecuteConfig } from "../chain.ts";
import type { Finding } from "../finding.ts";

/** Routing policies that the runtime does not have. Only a warning: one may be added before the run comes to the task. */
export function checkPolicies({ definition, tasks, options: { policies } }: ChainFacts): readonly Finding[] {
  if (policies === undefined) return [];
  return [
    ...policyOf(definition.executeConfig, "$", policies),
    ...tasks.flatMap(({ task, path }) => policyOf(task.executeConfig, path, policies)),
  ];
}

function policyOf(given: ExecuteConfig | undefined, path: string, policies: ReadonlySet<string>): readonly Finding[] {
  const name = given?.routing?.policy;
  if (name === undefined || policies.has(name)) return [];
  const suggestion = suggest(name, [...policies]);
  return [
    {
      severity: "warning",
      code: "unknown_policy",
      path: `${path}.execute_config.routing.policy`,
      message: `expected a routing policy of the runtime (${[...policies].join(", ")}), got \`${name}\``,
      ...(suggestion !== undefined && { suggestion }),
    },
  ];
}
