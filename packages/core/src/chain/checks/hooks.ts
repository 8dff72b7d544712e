import { suggest } from "../../value/suggest.ts";
import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";

/** Hooks that are not registered. Only a warning where the task says what to do when it fails: then a run can go on without. */
export function checkHooks({ tasks, options: { hooks } }: ChainFacts): readonly Finding[] {
  if (hooks === undefined) return [];
  return tasks.flatMap(({ task, path, severity }): Finding[] => {
    const name = task.handler === "hook" ? (task.hook?.name ?? "") : "";
    if (name === "" || hooks.has(name)) return [];
    const suggestion = suggest(name, [...hooks]);
    return [
      {
        severity: task.transition.onFailure ? "warning" : severity,
        code: "unknown_hook",
        path: `${path}.hook.name`,
        message: `task \`${task.id}\` calls the hook \`${name}\`, which is not registered`,
        ...(suggestion !== undefined && { suggestion }),
      },
    ];
  });
}
