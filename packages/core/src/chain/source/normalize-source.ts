import { describeKind } from "../../value/describe-kind.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";
import { isStandardSchema, type SchemaSide, toJsonSchema } from "../schemas/standard-schema.ts";
import { branchesOf } from "./branches-of.ts";
import { isParts, type Parts } from "./parts.ts";

/** A chain in code, with what is short for something else written out. What is not understood is passed on for the decoder to report. */
export interface NormalizedSource {
  readonly value: unknown;
  readonly findings: readonly Finding[];
}

/** Writes out `tasks` by id, `next`, `onFailure` beside `next`, numbers in `when`, and schemas of libraries. Never throws. */
export function normalizeSource(source: unknown): NormalizedSource {
  if (!isParts(source)) return { value: source, findings: [] };
  const findings: Finding[] = [];
  try {
    const tasks = taskList(source.tasks, findings);
    const value = {
      ...source,
      ...schemasOf(source, ["input", "output"], "$", findings),
      tasks: Array.isArray(tasks) ? tasks.map((task, index) => writeOut(task, index, findings)) : tasks,
    };
    return { value, findings };
  } catch {
    // Something in it throws when it is read, which the decoder reports.
    return { value: source, findings: [] };
  }
}

/** The schemas of libraries under these keys, as JSON Schema. */
function schemasOf(parts: Parts, keys: readonly SchemaSide[], path: string, findings: Finding[]): Parts {
  const found = keys.filter((key) => isStandardSchema(parts[key]));
  return Object.fromEntries(found.map((key) => [key, toJsonSchema(parts[key], key, `${path}.${key}`, findings)]));
}

function taskList(tasks: unknown, findings: Finding[]): unknown {
  if (!isParts(tasks)) return tasks;
  return Object.entries(tasks).map(([id, task], index) => {
    const path = memberPath("$.tasks", index);
    if (isInteger(id)) {
      const message = `expected an id that is no whole number, got \`${id}\`: JavaScript moves such keys to the front, and the first task is the start; write the tasks as a list`;
      findings.push({ severity: "error", code: "integer_task_id", path: `${path}.id`, message });
    }
    if (!isParts(task)) return task;
    if (task.id !== undefined && task.id !== id) {
      const message = `expected no \`id\`, or the key \`${id}\` under which the task stands`;
      findings.push({ severity: "error", code: "wrong_type", path: `${path}.id`, message, suggestion: id });
    }
    return { ...task, id };
  });
}

/** The keys that JavaScript orders by value. */
function isInteger(key: string): boolean {
  return /^(0|[1-9]\d{0,9})$/.test(key) && Number(key) < 2 ** 32 - 1;
}

function writeOut(task: unknown, index: number, findings: Finding[]): unknown {
  const path = memberPath("$.tasks", index);
  if (task === null || task === undefined) {
    const message = `expected a task, which is an object with a \`handler\`, got ${describeKind(task)}`;
    findings.push({ severity: "error", code: "wrong_type", path, message });
    return {};
  }
  if (!isParts(task)) return task;
  const { next, onFailure, transition, ...given } = task;
  const rest = { ...given, ...schemasOf(given, ["output"], path, findings) };
  if (transition !== undefined && !isParts(transition)) return { ...rest, transition };
  const ways = isParts(transition) ? transition : {};
  if (next !== undefined && ways.branches !== undefined)
    findings.push(twice(`${path}.transition.branches`, "next", "transition.branches"));
  if (onFailure !== undefined && ways.onFailure !== undefined) {
    findings.push(twice(`${path}.transition.on_failure`, "onFailure", "transition.onFailure"));
  }
  const branches =
    next === undefined ? numbersAsText(ways.branches) : branchesOf(next, `${path}.transition.branches`, findings);
  return {
    ...rest,
    transition: {
      ...ways,
      ...(branches !== undefined && { branches }),
      ...(onFailure !== undefined && { onFailure }),
    },
  };
}

function numbersAsText(branches: unknown): unknown {
  if (!Array.isArray(branches)) return branches;
  return branches.map((branch: unknown) =>
    isParts(branch) && typeof branch.when === "number" ? { ...branch, when: String(branch.when) } : branch,
  );
}

function twice(path: string, short: string, long: string): Finding {
  const message = `expected either \`${short}\` or \`${long}\`, got both: remove one`;
  return { severity: "error", code: "wrong_type", path, message };
}
