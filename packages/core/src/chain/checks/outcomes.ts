import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { isBuiltIn } from "../analysis/known-outcomes.ts";
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
    return [...impossible, ...commandsWithSlash(facts, path), ...unmatched(facts, path)];
  });
}

/** `parse_transition` reports a command without the slash that it starts with: a second slash is part of its name, and hardly meant. */
function commandsWithSlash({ task, spec }: TaskFacts, path: string): readonly Finding[] {
  if (spec?.name !== "parse_transition" || !isBuiltIn(spec)) return [];
  return task.transition.branches.flatMap(({ operator, when }, index): readonly Finding[] => {
    if ((operator !== "equals" && operator !== "starts_with") || !/^\/[^\s]*$/.test(when)) return [];
    const message = `task \`${task.id}\` (parse_transition) reports \`${when.slice(1)}\` for the text \`${when}\`; only the text \`/${when}\` takes the branch`;
    const suggestion = when.replace(/^\/+/, "");
    return [
      {
        severity: "warning",
        code: "impossible_outcome",
        path: `${memberPath(path, index)}.when`,
        message,
        ...(suggestion !== "" && { suggestion }),
      },
    ];
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
