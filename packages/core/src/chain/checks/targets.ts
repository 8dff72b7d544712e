import { suggest } from "../../value/suggest.ts";
import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { isEnd } from "../analysis/task-places.ts";
import { END } from "../chain.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** Targets of branches and of `on_failure` that name no task. */
export function checkTargets({ tasks, byId, isSmall, misread }: ChainFacts): readonly Finding[] {
  const known = isSmall ? [...byId.keys(), END].filter((id) => id !== "") : [END];
  return tasks.flatMap((facts) => {
    const { onFailure, branches } = facts.task.transition;
    const path = `${facts.path}.transition`;
    const gotos = branches.map(
      (branch, index) => [branch.goto, `${memberPath(`${path}.branches`, index)}.goto`] as const,
    );
    const failure = onFailure === undefined ? [] : [[onFailure, `${path}.on_failure`] as const];
    return (
      [...gotos, ...failure]
        .filter(([target]) => !isEnd(target) && !byId.has(target))
        .map(([target, at]) => dangling(facts, target, at, known))
        // A task that could not be read may be the one that is meant.
        .filter(({ suggestion }) => !misread.hidesTasks || suggestion !== undefined)
    );
  });
}

function dangling({ task, severity }: TaskFacts, target: string, path: string, known: readonly string[]): Finding {
  const suggestion = suggest(target, known);
  const message = `task \`${task.id}\` goes to \`${target}\`: expected the id of a task of this chain, or \`${END}\``;
  return { severity, code: "unknown_target", path, message, ...(suggestion !== undefined && { suggestion }) };
}
