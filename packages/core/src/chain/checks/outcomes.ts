import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** Branches that compare with what the task never reports, and what it can report and no branch takes. */
export function checkOutcomes({ tasks }: ChainFacts): readonly Finding[] {
  return tasks.flatMap((facts) => {
    const path = `${facts.path}.transition.branches`;
    const impossible = [...facts.branches.impossible].map(
      ([index, fault]): Finding => ({
        severity: "warning",
        code: "impossible_outcome",
        path: `${memberPath(path, index)}.when`,
        ...fault,
      }),
    );
    return [...impossible, ...unmatched(facts, path)];
  });
}

const NAMED = 8;

/** A task with `on_failure` says what follows then. */
function unmatched({ task, branches }: TaskFacts, path: string): readonly Finding[] {
  const missing = branches.unmatched.map(({ text }) => `\`${text}\``);
  if (missing.length === 0 || task.transition.onFailure !== undefined) return [];
  const rest = missing.length > NAMED ? ` or ${missing.length - NAMED} others` : "";
  const message = `task \`${task.id}\` (${task.handler}) can come to ${missing.slice(0, NAMED).join(" or ")}${rest}, which no branch takes: the run fails there; add a branch for it, or one with the operator \`default\``;
  return [{ severity: "warning", code: "unmatched_outcome", path, message }];
}
