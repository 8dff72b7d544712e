import { describeKind } from "@catenary/core";
import type { z } from "zod";

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

/** What is wrong with a value that a schema refused. */
export interface Problem {
  /** Where, such as `messages.0.content`; empty where it is the whole value. */
  readonly field: string;
  /** `expects a string; got a number`. Never quotes what is there. */
  readonly text: string;
}

/** The first thing that a schema refused, in words of ours: those of its library are for who writes schemas. */
export function problemOf([issue]: readonly Issue[], value: unknown): Problem {
  if (issue === undefined) return { field: "", text: "expects something else" };
  const { path, expected, isKnown } = expectationOf(issue);
  const came = valueAt(value, path);
  const got = isKnown ? "" : `; got ${came === undefined ? "none" : describeKind(came)}`;
  return { field: path.map(String).join("."), text: `expects ${expected}${got}` };
}

interface Expectation {
  readonly path: Path;
  readonly expected: string;
  /** Whether that says already what came. */
  readonly isKnown?: boolean;
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a string",
  number: "a number",
  int: "a whole number",
  boolean: "a boolean",
  array: "an array",
  object: "an object",
  record: "an object",
};

/** What the library says of a union. */
const UNWORDED = "Invalid input";

const UNITS: Readonly<Record<string, string>> = { array: " items", string: " characters" };

function expectationOf(issue: Issue): Expectation {
  const { path } = issue;
  // One that was given words of its own says them.
  const isUnworded = issue.message.startsWith(UNWORDED);
  if (issue.code === "invalid_type" && isUnworded) return { path, expected: KINDS[issue.expected] ?? issue.expected };
  if (issue.code === "invalid_value") return { path, expected: `one of ${issue.values.map(String).join(", ")}` };
  if (issue.code === "too_big")
    return { path, expected: `at most ${issue.maximum}${UNITS[issue.origin] ?? ""}; got more`, isKnown: true };
  if (issue.code === "too_small")
    return { path, expected: `at least ${issue.minimum}${UNITS[issue.origin] ?? ""}; got less`, isKnown: true };
  if (issue.code === "invalid_union" && isUnworded) return expectationOfUnion(issue.errors, path);
  return { path, expected: issue.message, isKnown: true };
}

/** Where one of several shapes was begun with, what is wrong further down; else which shapes there are. */
function expectationOfUnion(errors: readonly (readonly Issue[])[], path: Path): Expectation {
  const options = errors.flatMap(([first]) => (first === undefined ? [] : [expectationOf(first)]));
  const begun = options.find((option) => option.path.length > 0);
  if (begun !== undefined) return { ...begun, path: [...path, ...begun.path] };
  return { path, expected: [...new Set(options.map(({ expected }) => expected))].join(", or ") || "something else" };
}

function valueAt(value: unknown, path: Path): unknown {
  let found = value;
  for (const key of path) {
    if (typeof found !== "object" || found === null) return undefined;
    found = Object.getOwnPropertyDescriptor(found, key)?.value;
  }
  return found;
}
