import { describeKind } from "../../value/describe-kind.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";
import { isParts } from "./parts.ts";

/** `next` written out as branches, which stand at the path; undefined where it is none. */
export function branchesOf(next: unknown, path: string, findings: Finding[]): unknown {
  if (typeof next === "string") return [{ operator: "default", goto: next }];
  if (!isParts(next)) {
    findings.push(
      wrong(path, `expected \`next\` to be a task's id, or for each outcome one, got ${describeKind(next)}`),
    );
    return undefined;
  }
  const outcomes = outcomesOf(next);
  if (outcomes.length === 0) findings.push(leadsNowhere(path));
  return outcomes.map(([outcome, goto], index) => {
    const branch = outcome === "default" ? { operator: "default" } : { operator: "equals", when: outcome };
    if (typeof goto === "string") return { ...branch, goto };
    const message = `expected \`next\` to lead \`${outcome}\` to a task's id, or to \`end\`, got ${describeKind(goto)}`;
    findings.push(wrong(`${memberPath(path, index)}.goto`, message));
    return { ...branch, goto: "" };
  });
}

/** In the order of the branches that they become. What is undefined is not there. */
export function outcomesOf(next: Readonly<Record<string, unknown>>): readonly (readonly [string, unknown])[] {
  const given = Object.entries(next).filter(([, goto]) => goto !== undefined);
  return [...given.filter(([outcome]) => outcome !== "default"), ...given.filter(([outcome]) => outcome === "default")];
}

function leadsNowhere(path: string): Finding {
  const message =
    "expected `next` to lead at least one outcome on, got none, so the run ends after the task: name a task, or leave `next` out where the end is meant";
  return { severity: "warning", code: "missing_field", path, message };
}

function wrong(path: string, message: string): Finding {
  return { severity: "error", code: "wrong_type", path, message };
}
