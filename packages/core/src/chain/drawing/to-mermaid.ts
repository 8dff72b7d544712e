import { InputError } from "../../errors/input-error.ts";
import { describeKind } from "../../value/describe-kind.ts";
import type { Branch, Chain, TaskDefinition } from "../chain.ts";
import { HANDLER_SPECS } from "../handler-spec.ts";
import { type ChainGraph, chainGraph, type Place, type Way } from "./chain-graph.ts";
import { type DrawnRun, drawnRun, type TaskVisits } from "./drawn-run.ts";
import { mermaidStyles } from "./mermaid-styles.ts";
import { mermaidText } from "./mermaid-text.ts";
import { readDrawnChain } from "./read-drawn-chain.ts";
import { type DrawableRun, readDrawnRun } from "./read-drawn-run.ts";

export interface MermaidOptions {
  /** A run of the chain, such as a result of `runtime.run`: the way it took is marked, with visits, times and failures. */
  readonly run?: DrawableRun | undefined;
}

/**
 * A chain as a Mermaid flowchart, which Markdown viewers and mermaid.live draw. Takes chains and their JSON, faulty ones too.
 * Throws a `ChainInvalidError` for what has no list of tasks, and an `InputError` for options that are none, for a `run` without
 * steps and for one of another chain, as far as its `chainId`, its `chainHash` and the tasks of its steps tell.
 */
export function toMermaid(chain: Chain | unknown, options: MermaidOptions = {}): string {
  const definition = readDrawnChain(chain);
  const graph = chainGraph(definition);
  const run = runIn(options);
  const drawn = run === undefined ? undefined : drawnRun(graph, readDrawnRun(definition, run));
  const names = nameAll(graph);
  const nameOf = (place: Place) => (typeof place === "string" ? PLACES[place].name : (names.get(place) ?? ""));
  const places = new Set(graph.ways.flatMap(({ from, to }) => [from, to]).filter((place) => typeof place === "string"));
  const lines = [
    ...[...places].map((place) => `${PLACES[place].name}(["${PLACES[place].label}"])`),
    ...graph.tasks.map((task) => nameOf(task) + box(task, drawn?.visits.get(task))),
    ...graph.missing.map((place) => `${nameOf(place)}["${mermaidText(place.missing)}<br/>no such task"]`),
    ...graph.ways.map((way) => `${nameOf(way.from)} ${arrow(way, drawn)} ${nameOf(way.to)}`),
    ...mermaidStyles(graph, drawn, nameOf),
  ];
  return ["flowchart TD", ...lines.map((line) => `  ${line}`)].join("\n");
}

/** Programs in JavaScript may give anything; what is no run and no options at all would else be drawn as if nothing had run. */
function runIn(options: unknown): unknown {
  if (options === undefined || options === null) return undefined;
  if (typeof options !== "object")
    throw new InputError(`expected the options of toMermaid to be { run }, got ${describeKind(options)}`);
  const unknown = Object.keys(options).find((name) => name !== "run");
  if (unknown === undefined) return Reflect.get(options, "run");
  const advice = "steps" in options ? "; give a run in braces: toMermaid(chain, { run })" : "";
  throw new InputError(`expected the options of toMermaid to be { run }, got one named \`${unknown}\`${advice}`, {
    option: unknown,
  });
}

/** Names of our own: a task's may be a word of Mermaid's. */
function nameAll({ tasks, missing }: ChainGraph): ReadonlyMap<Place, string> {
  return new Map<Place, string>([
    ...tasks.map((task, index) => [task, `t${index + 1}`] as const),
    ...missing.map((place, index) => [place, `m${index + 1}`] as const),
  ]);
}

const PLACES = {
  start: { name: "start", label: "start" },
  end: { name: "finish", label: "end" },
  failure: { name: "failure", label: "the run fails" },
} as const;

/** What calls a model has corners, what calls a hook double sides, what reaches nothing is round. */
function box(task: TaskDefinition, visits: TaskVisits | undefined): string {
  const lines = [mermaidText(task.id), mermaidText(task.handler), ...(visits ? visitsLines(visits) : [])];
  const label = `"${lines.join("<br/>")}"`;
  if (task.handler === "hook") return `[[${label}]]`;
  const spec = HANDLER_SPECS.find(({ name }) => name === task.handler);
  return spec === undefined || spec.calls !== undefined ? `[${label}]` : `(${label})`;
}

/** Failures on a line of their own: Mermaid breaks longer ones. */
function visitsLines({ visits, durationMs, failedAttempts }: TaskVisits): readonly string[] {
  const time = durationText(durationMs);
  return [
    visits === 1 ? time : `${visits} visits, ${time}`,
    ...(failedAttempts === 0 ? [] : [`${failedAttempts} failed ${failedAttempts === 1 ? "attempt" : "attempts"}`]),
  ];
}

function durationText(durationMs: number): string {
  if (durationMs < 999.5) return `${Math.round(durationMs)} ms`;
  const seconds = durationMs / 1000;
  return seconds < 9.95 ? `${seconds.toFixed(1)} s` : `${Math.round(seconds)} s`;
}

function arrow(way: Way, drawn: DrawnRun | undefined): string {
  const { branch, isFailure } = way;
  const times = drawn?.taken.get(way) ?? 0;
  const words = [
    ...(isFailure ? ["on failure"] : []),
    ...(branch && !isOnlyDefault(way) ? [branchText(branch)] : []),
    ...(times > 1 ? [`(${times}×)`] : []),
    // Mermaid cannot read an empty label.
  ].filter((word) => word !== "");
  const label = words.length === 0 ? "" : `|"${words.join(" ")}"|`;
  return `${isFailure ? "-.->" : "-->"}${label}`;
}

/** Then there is nothing to choose. */
function isOnlyDefault({ from, branch }: Way): boolean {
  const branches = typeof from === "object" && "transition" in from ? from.transition.branches : [];
  return branches.length === 1 && branch?.operator === "default";
}

function branchText({ operator, when }: Branch): string {
  const word = WORDS.get(operator) ?? mermaidText(operator);
  return operator === "default" ? word : `${word} ${mermaidText(when)}`.trimEnd();
}

/** Not every viewer can show these signs. */
const WORDS: ReadonlyMap<string, string> = new Map([
  [">", "gt"],
  ["<", "lt"],
]);
