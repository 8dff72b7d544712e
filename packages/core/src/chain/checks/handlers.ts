import { suggest } from "../../value/suggest.ts";
import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";

/** Kinds of task that nobody knows. Only a warning as long as the runtime with its custom handlers is not known. */
export function checkHandlers({ tasks, handlers, options }: ChainFacts): readonly Finding[] {
  return tasks.flatMap(({ task, spec, path, severity }): Finding[] => {
    if (spec !== undefined || task.handler === "") return [];
    const suggestion = suggest(task.handler, [...handlers.keys()]);
    return [
      {
        severity: options.handlers === undefined ? "warning" : severity,
        code: "unknown_handler",
        path: `${path}.handler`,
        message: `expected a kind of task, got \`${task.handler}\`, which is neither built in nor a known custom handler`,
        ...(suggestion !== undefined && { suggestion }),
      },
    ];
  });
}
