import type { ReadPath } from "../../template/find-paths.ts";
import { parseTemplate } from "../../template/parse-template.ts";
import type { ChainDefinition, TaskDefinition } from "../chain.ts";
import type { Finding } from "../finding.ts";
import { HANDLER_SPECS, type HandlerSpec } from "../handler-spec.ts";
import { memberPath } from "../json-path.ts";
import { type BranchFacts, branchFacts } from "./branch-facts.ts";
import { type ChainWays, leadsOf, tasksFrom } from "./leads.ts";
import { type Misread, NOTHING_MISREAD } from "./misread.ts";
import { tasksById } from "./task-places.ts";
import { templateTexts } from "./template-texts.ts";

/** What is known beyond the chain itself. What is not given is not known, and not checked or only warned about. */
export interface CheckOptions {
  /** Every handler of the runtime. The built-in ones are always known. */
  readonly handlers?: ReadonlyMap<string, HandlerSpec> | undefined;
  /** The names of the hooks that are registered. */
  readonly hooks?: ReadonlySet<string> | undefined;
  /** The names of the routing policies. */
  readonly policies?: ReadonlySet<string> | undefined;
  /** The ids and names of the affinity groups. */
  readonly groups?: ReadonlySet<string> | undefined;
  /** What the affinity groups are for. */
  readonly purposes?: ReadonlySet<string> | undefined;
  /** The names of the models that the backends serve. */
  readonly models?: ReadonlySet<string> | undefined;
}

/** A task and what the checks ask of it. */
export interface TaskFacts {
  readonly task: TaskDefinition;
  /** Where it stands: `$.tasks[2]`. */
  readonly path: string;
  /** Whether a run can come to it. */
  readonly reachable: boolean;
  /** How bad an error in it is: it only stops the chain where a run can come to it. */
  readonly severity: Finding["severity"];
  /** Absent where the handler is not known. */
  readonly spec: HandlerSpec | undefined;
  readonly templates: readonly TemplateFacts[];
  readonly branches: BranchFacts;
}

export interface TemplateFacts {
  readonly path: string;
  /** What the root of the template is: the variables before the task ran, those after it, or a hook's output. */
  readonly over: "before" | "after" | "output";
  readonly source: string;
  /** The names it reads from its root; empty where it cannot be read. */
  readonly reads: readonly string[];
  /** The ways from its root that it reads, with the properties of those names; empty where it cannot be read. */
  readonly paths: readonly ReadPath[];
  /** Why it cannot be read. */
  readonly problem: string | undefined;
}

/** A chain with what several checks ask of it, found once. */
export interface ChainFacts extends ChainWays {
  /** Whether checks may do work that grows with the square of the number of tasks. Without, they say less. */
  readonly isSmall: boolean;
  readonly definition: ChainDefinition;
  readonly options: CheckOptions;
  readonly tasks: readonly TaskFacts[];
  readonly handlers: ReadonlyMap<string, HandlerSpec>;
  readonly misread: Misread;
}

/** Checks that compare every task with every other are left out of longer chains, and `partly_checked` says so. */
export const MOST_TASKS_OF_SMALL = 1000;

export function chainFacts(
  definition: ChainDefinition,
  options: CheckOptions = {},
  misread: Misread = NOTHING_MISREAD,
): ChainFacts {
  const byId = tasksById(definition);
  const handlers = new Map(HANDLER_SPECS.map((spec) => [spec.name, spec]));
  for (const [name, spec] of options.handlers ?? []) handlers.set(name, spec);
  const found = definition.tasks.map((task, index) => {
    const path = memberPath("$.tasks", index);
    const spec = handlers.get(task.handler);
    const templates = templateTexts(task, path, spec).map(
      ({ path, over, source }): TemplateFacts => ({ path, over, source, ...readTemplate(source) }),
    );
    return { task, path, spec, templates, branches: branchFacts(task, path, spec, misread) };
  });
  const leads = new Map(found.map(({ task, branches }) => [task, branches.leads]));
  const reached = tasksReached(definition, { byId, leads });
  const tasks = found.map((facts): TaskFacts => {
    // Where some way is not known, every task may be on it.
    const reachable = misread.hidesWays || reached.has(facts.task);
    return { ...facts, reachable, severity: reachable ? "error" : "warning" };
  });
  return { isSmall: tasks.length <= MOST_TASKS_OF_SMALL, definition, options, tasks, byId, handlers, leads, misread };
}

function tasksReached({ tasks: [start] }: ChainDefinition, ways: ChainWays): ReadonlySet<TaskDefinition> {
  if (start === undefined) return new Set();
  const { onSuccess, onFailure } = leadsOf(ways, start);
  return new Set([start, ...tasksFrom([...onSuccess, ...onFailure], ways)]);
}

function readTemplate(source: string): Pick<TemplateFacts, "reads" | "paths" | "problem"> {
  try {
    const { reads, paths } = parseTemplate(source);
    return { reads, paths, problem: undefined };
  } catch (error) {
    return { reads: [], paths: [], problem: error instanceof Error ? error.message : String(error) };
  }
}
