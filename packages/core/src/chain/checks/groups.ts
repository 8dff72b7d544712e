import { suggest } from "../../value/suggest.ts";
import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { ExecuteConfig } from "../chain.ts";
import type { Finding } from "../finding.ts";

/** Affinity groups, and purposes, that the runtime does not have. Only a warning: a group may be added before the run comes to the task. */
export function checkGroups({ definition, tasks, options }: ChainFacts): readonly Finding[] {
  const known = { group: options.groups, purpose: options.purposes };
  return [
    ...groupsOf(definition.executeConfig, "$", known),
    ...tasks.flatMap(({ task, path }) => groupsOf(task.executeConfig, path, known)),
  ];
}

type Known = { readonly [Field in "group" | "purpose"]: ReadonlySet<string> | undefined };

function groupsOf(given: ExecuteConfig | undefined, path: string, known: Known): readonly Finding[] {
  return (["group", "purpose"] as const).flatMap((field) => {
    const name = given?.routing?.[field];
    const names = known[field];
    if (name === undefined || names === undefined || names.has(name)) return [];
    const suggestion = suggest(name, [...names]);
    const there = names.size === 0 ? "there is none" : [...names].join(", ");
    const expected =
      field === "group" ? "an affinity group of the runtime" : "the purpose of an affinity group of the runtime";
    return [
      {
        severity: "warning" as const,
        code: "unknown_group" as const,
        path: `${path}.execute_config.routing.${field}`,
        message: `expected ${expected} (${there}), got \`${name}\``,
        ...(suggestion !== undefined && { suggestion }),
      },
    ];
  });
}
