import { suggest } from "../../value/suggest.ts";
import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { type KnownVariables, knownVariables } from "../analysis/known-variables.ts";
import type { Misread } from "../analysis/misread.ts";
import type { Finding } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** Variables that are read and never set: in templates, `input_var` and `compose.with_var`. */
export function checkVariables(facts: ChainFacts): readonly Finding[] {
  const known = knownVariables(facts);
  return facts.tasks.flatMap((task) => readsOf(task).flatMap((read) => check(task, read, known, facts.misread)));
}

/** With more names, looking for the nearest would take long for every one that is wrong. */
const MOST_SUGGESTED = 3000;

interface Read {
  readonly name: string;
  readonly path: string;
  readonly after: boolean;
}

function readsOf({ task, path, templates }: TaskFacts): readonly Read[] {
  const named = [
    [task.inputVar, `${path}.input_var`] as const,
    [task.compose?.withVar, `${path}.compose.with_var`] as const,
  ].flatMap(([name, at]) => (name === undefined || name === "" ? [] : [{ name, path: at, after: false }]));
  const inTemplates = templates
    .filter(({ over }) => over !== "output")
    .flatMap(({ reads, path: at, over }) => reads.map((name) => ({ name, path: at, after: over === "after" })));
  return [...named, ...inTemplates];
}

function check(
  { task, reachable }: TaskFacts,
  read: Read,
  known: KnownVariables,
  misread: Misread,
): readonly Finding[] {
  const at = { severity: "warning", code: "unknown_variable", path: read.path } as const;
  if (!known.names.has(read.name)) {
    const suggestion = known.names.size > MOST_SUGGESTED ? undefined : suggest(read.name, [...known.names]);
    // What sets it may be what could not be read.
    const isOpen = misread.hidesTasks && suggestion === undefined;
    if (isOpen || misread.hides(memberPath("$.variables", read.name))) return [];
    const message = `task \`${task.id}\` reads \`${read.name}\`, which nothing in this chain sets`;
    return [{ ...at, message, ...(suggestion !== undefined && { suggestion }) }];
  }
  if (!reachable || known.isSetAt(read.name, task, read.after)) return [];
  return [{ ...at, message: `task \`${task.id}\` reads \`${read.name}\`, which no path to it has set` }];
}
