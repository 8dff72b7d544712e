import type { ChainFacts } from "../analysis/chain-facts.ts";
import { isBuiltIn } from "../analysis/known-outcomes.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** Words of `valid_conditions` that are the same to who compares without regard to case and to white space around them, as answers are. */
export function checkConditions({ tasks }: ChainFacts): readonly Finding[] {
  return tasks.flatMap(({ task, path, spec }) => {
    if (spec?.name !== "condition_key" || !isBuiltIn(spec)) return [];
    const first = new Map<string, string>();
    return Object.keys(task.validConditions ?? {}).flatMap((word): Finding[] => {
      const heard = word.trim().toLowerCase();
      const earlier = first.get(heard);
      if (earlier === undefined) {
        first.set(heard, word);
        return [];
      }
      const message = `task \`${task.id}\` cannot tell \`${word}\` from \`${earlier}\`: answers are compared without regard to case and outer white space, and one that is written in another way names neither; remove one of the two`;
      return [
        {
          severity: "warning",
          code: "ambiguous_condition",
          path: memberPath(`${path}.valid_conditions`, word),
          message,
        },
      ];
    });
  });
}
