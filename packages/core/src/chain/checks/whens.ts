import { extractNumber } from "../../value/extract-number.ts";
import { findRange } from "../../value/find-range.ts";
import type { ChainFacts } from "../analysis/chain-facts.ts";
import type { Branch } from "../chain.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** What a numeric operator compares with, where it is no number or no range. Such a branch never matches; the others still do. */
export function checkWhens({ tasks }: ChainFacts): readonly Finding[] {
  return tasks.flatMap(({ task, path }) =>
    task.transition.branches.flatMap((branch, index): Finding[] => {
      const message = problem(branch);
      if (message === undefined) return [];
      const at = `${memberPath(`${path}.transition.branches`, index)}.when`;
      return [
        { severity: "warning", code: "invalid_number", path: at, message: `${message}; the branch never matches` },
      ];
    }),
  );
}

function problem({ operator, when }: Branch): string | undefined {
  switch (operator) {
    case ">":
    case "gt":
    case "<":
    case "lt":
      return extractNumber(when) === undefined ? `\`${operator}\` expected a number, got \`${when}\`` : undefined;
    case "in_range":
      return rangeProblem(when);
    default:
      return undefined;
  }
}

function rangeProblem(when: string): string | undefined {
  const range = findRange(when);
  if (range?.kind !== "pair") return `\`in_range\` expected two bounds such as \`1-10\`, got \`${when}\``;
  const low = extractNumber(range.low);
  const high = extractNumber(range.high);
  // An infinite bound is no number and is never in the wrong order.
  if (low === undefined || high === undefined || low <= high) return undefined;
  return `\`in_range\` expected the lower bound first, got \`${when}\``;
}
