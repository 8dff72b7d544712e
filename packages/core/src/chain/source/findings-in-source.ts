import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";
import type { Field, ShapeName } from "../wire/field.ts";
import { FIELDS } from "../wire/fields.ts";
import { wireName } from "../wire/spelling.ts";
import { outcomesOf } from "./branches-of.ts";
import { isParts } from "./parts.ts";

/**
 * Findings in the words of the code that they are about: at the places where it says so (`$.tasks.ask.next.yes`, where the JSON has
 * `$.tasks[0].transition.branches[0].goto`), with the names of TypeScript.
 */
export function findingsInSource(findings: readonly Finding[], source: unknown): readonly Finding[] {
  try {
    const tasks: unknown = isParts(source) ? source.tasks : undefined;
    const own = wordsIn(source);
    return findings.map((finding) => inSource(finding, tasks, own));
  } catch {
    // What throws when it is read is reported as that.
    return findings;
  }
}

function inSource(finding: Finding, tasks: unknown, own: ReadonlySet<string>): Finding {
  const { code, path, message, suggestion } = finding;
  // What an unknown field is called stays as it was written; where it belongs is said after that.
  const kept = ABOUT_WORDS.has(code)
    ? message
    : code === "unknown_field"
      ? (UNKNOWN_FIELD.exec(message)?.[0] ?? message)
      : "";
  const words =
    kept +
    message
      .slice(kept.length)
      .replaceAll(QUOTED, (quoted, name: string) => (own.has(name) ? quoted : inCode(name, "`")));
  return {
    ...finding,
    path: pathInSource(path, tasks),
    message: words,
    ...(suggestion !== undefined && { suggestion: suggestionInCode(code, suggestion) }),
  };
}

/** They quote what the chain says, and no field. */
const ABOUT_WORDS: ReadonlySet<Finding["code"]> = new Set([
  "unknown_target",
  "unknown_variable",
  "unknown_property",
  "impossible_outcome",
  "unmatched_outcome",
]);

const UNKNOWN_FIELD = /^.*?; it is kept/;

const QUOTED = /`([a-z]+(?:[_.][a-z]+)+)`/g;

/** The names with more than one word, by how they are written in JSON. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.values(FIELDS).flatMap((fields: readonly Field[]) =>
    fields.map(({ name }) => [wireName(name), name] as const).filter(([wire, name]) => wire !== name),
  ),
);

function inCode(names: string, quote: string): string {
  return (
    quote +
    names
      .split(".")
      .map((name) => NAMES.get(name) ?? name)
      .join(".") +
    quote
  );
}

/** A suggested word may be a name of the chain's own, but for fields. */
function suggestionInCode(code: Finding["code"], suggestion: string): string {
  if (code !== "unknown_field") return suggestion;
  return NAMES.get(suggestion) ?? suggestion.replaceAll(/"(\w+)":/g, (_, name: string) => `${inCode(name, "")}:`);
}

/** The words that the code itself uses, in names and in values, which are not ours to respell. What nobody wrote, a check named. */
function wordsIn(source: unknown): ReadonlySet<string> {
  const words = new Set<string>();
  // Each once: what holds itself is reported as that.
  const parts = new Set<unknown>([source]);
  for (const part of parts) {
    if (Array.isArray(part)) for (const item of part) parts.add(item);
    else if (isParts(part)) for (const item of Object.entries(part).flat()) parts.add(item);
    else if (typeof part === "string")
      for (const [word] of part.matchAll(WORD)) for (const name of [word, ...word.split(".")]) words.add(name);
  }
  return words;
}

const WORD = /[a-z]+(?:[_.][a-z]+)+/g;

type Step = string | number;

function pathInSource(path: string, tasks: unknown): string {
  const steps = stepsOf(path);
  const [first, index, ...rest] = steps;
  if (first !== "tasks" || typeof index !== "number") return join("$", camelSteps("chain", steps));
  const ids = isParts(tasks) ? Object.keys(tasks) : undefined;
  const id = ids?.[index];
  const task: unknown = isParts(tasks) ? tasks[id ?? ""] : Array.isArray(tasks) ? tasks[index] : undefined;
  // The key is the id.
  const own = id !== undefined && rest.length === 1 && rest[0] === "id" && !hasId(task) ? [] : rest;
  return join("$", ["tasks", id ?? index, ...camelSteps("task", wayInSource(own, task))]);
}

function hasId(task: unknown): boolean {
  return isParts(task) && task.id !== undefined;
}

/** Where a transition was written short. */
function wayInSource(steps: readonly Step[], task: unknown): readonly Step[] {
  const [first, part, index] = steps;
  if (first !== "transition" || !isParts(task)) return steps;
  if (part === "on_failure" && task.onFailure !== undefined) return ["onFailure"];
  if (part !== "branches" || task.next === undefined) return steps;
  const [outcome] = isParts(task.next) && typeof index === "number" ? (outcomesOf(task.next)[index] ?? []) : [];
  return outcome === undefined ? ["next"] : ["next", outcome];
}

/** The names of fields as far as the steps go through shapes; behind that all names are the user's. */
function camelSteps(shape: ShapeName, steps: readonly Step[]): readonly Step[] {
  const [first, ...rest] = steps;
  const fields: readonly Field[] = FIELDS[shape];
  const field = fields.find(({ name }) => wireName(name) === first);
  if (field === undefined) return steps;
  const { value } = field;
  if (value.is === "shape") return [field.name, ...camelSteps(value.shape, rest)];
  if (value.is !== "shapes") return [field.name, ...rest];
  return [field.name, ...rest.slice(0, 1), ...camelSteps(value.shape, rest.slice(1))];
}

/** The steps of a path that `memberPath` made. */
function stepsOf(path: string): readonly Step[] {
  return [...path.matchAll(/\.([A-Za-z_$][\w$]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g)].map(
    ([, name, index, quoted]) => {
      if (name !== undefined) return name;
      return index === undefined ? String(JSON.parse(quoted ?? '""')) : Number(index);
    },
  );
}

function join(path: string, steps: readonly Step[]): string {
  return steps.reduce<string>(memberPath, path);
}
