import type { Chain, DataType, Json } from "@catenary/core";
import { CatenaryError, suggest, wayTaken } from "@catenary/core";
import { checkChain } from "../check-chain.ts";
import { checkRunOrEvents } from "../check-run.ts";
import { simulate } from "../simulate/simulate.ts";
import type { GivenSimulation } from "../simulate/simulate-options.ts";
import type { Simulation } from "../simulate/simulation.ts";
import { type ChainTransition, transitionsOfChain } from "./chain-transition.ts";
import type { Counted, CountedTransition } from "./counted.ts";
import { judgeCompleteness, readExceptions, staleException } from "./exceptions.ts";
import { type CoveredRun, chainHashesOf, chainIdsOf, type Passage, passagesOf } from "./passages-of.ts";
import { printCoverage } from "./print-coverage.ts";

export interface CompletenessOptions {
  /**
   * What need not be covered: names of transitions as the report gives them, or ids of tasks with all their ways out. Each has to
   * excuse something.
   */
  readonly except?: readonly string[];
}

/** Which ways through a chain its tests have taken so far. */
export interface Coverage<Input = unknown, Output = Json, Needs = unknown> {
  /** Simulates the chain and adds the run. Takes what `simulate` takes. */
  simulate<Type extends DataType = never>(...options: GivenSimulation<Input, Needs, Type>): Promise<Simulation<Output>>;
  /**
   * Adds a run: a simulation, a result of the runtime or a handle, the `run` of a `RunFailedError`, or a run's events.
   *
   * @throws CatenaryError `coverage_mismatch` where it is a run of another chain, or of another version of this one. Nothing of
   * it is counted then. `run_invalid` where it is none.
   */
  add(run: CoveredRun): void;
  /** By the chain's tasks, in order: how often each was entered. */
  readonly tasks: readonly Counted[];
  readonly transitions: readonly CountedTransition[];
  /** A table for people: percentages, and every way with how often it was taken. */
  report(): string;
  /**
   * @throws CatenaryError `coverage_incomplete` with what no run took; `coverage_unknown` and `coverage_stale` for exceptions that
   * name nothing, and that excuse nothing.
   */
  assertComplete(options?: CompletenessOptions): void;
}

/**
 * Counts what runs of a chain do: which tasks they enter, and which branches, defaults and `on_failure`s they take. Make one
 * for a test file, and call `assertComplete` at its end.
 *
 * @throws CatenaryError `settings_invalid` for what is no chain.
 */
export function createCoverage<Input, Output, Needs>(
  chain: Chain<Input, Output, Needs>,
): Coverage<Input, unknown extends Output ? Json : Output, Needs> {
  checkChain("createCoverage()", chain);
  const transitions = transitionsOfChain(chain);
  const tasks = new Map(chain.tasks.map(({ id }) => [id, 0]));
  const taken = new Map<string, number>(transitions.map(({ name }) => [name, 0]));
  const countedTasks = () => [...tasks].map(([name, count]) => ({ name, count }));
  const countedTransitions = () =>
    transitions.map(({ name, from, label, to }) => ({ name, from, label, to, count: taken.get(name) ?? 0 }));

  function add(run: CoveredRun): void {
    checkRunOrEvents("coverage.add()", run);
    checkSameChain(chain, run);
    const passages = passagesOf(run);
    // All before any is counted, so that a run that is refused leaves nothing behind.
    for (const { taskId } of passages) if (!tasks.has(taskId)) throw unknownTask(chain, taskId);
    const counted = passages.map((passage) => ({ passage, way: wayOf(chain, transitions, passage) }));
    for (const { passage, way } of counted) {
      if (way === undefined) tasks.set(passage.taskId, (tasks.get(passage.taskId) ?? 0) + 1);
      else taken.set(way.name, (taken.get(way.name) ?? 0) + 1);
    }
  }

  return {
    async simulate<Type extends DataType = never>(...options: GivenSimulation<Input, Needs, Type>) {
      const run = await simulate<Input, Output, Needs, Type>(chain, ...options);
      add(run);
      return run;
    },
    add,
    get tasks() {
      return countedTasks();
    },
    get transitions() {
      return countedTransitions();
    },
    report: () => printCoverage(chain.id, countedTasks(), countedTransitions()),
    assertComplete(options = {}) {
      const except = readExceptions(options, [...tasks.keys(), ...taken.keys()]);
      const { missing, stale } = judgeCompleteness(countedTasks(), countedTransitions(), except);
      if (missing.length === 0 && stale !== undefined) throw staleException(chain.id, stale);
      if (missing.length === 0) return;
      throw new CatenaryError(
        "coverage_incomplete",
        `no run of ${chain.id} took these: add runs that do, or name them in except\n${missing.map((one) => `  ${one}`).join("\n")}\n\n${printCoverage(chain.id, countedTasks(), countedTransitions())}`,
        { details: { chainId: chain.id, missing } },
      );
    },
  };
}

/** The way that was taken; undefined where a task was entered. */
function wayOf(chain: Chain, transitions: readonly ChainTransition[], passage: Passage): ChainTransition | undefined {
  if (passage.kind === "entered") return undefined;
  const { taskId, goto, failed, outcome } = passage;
  const ways = transitions.filter(({ from }) => from === taskId);
  const ended = { outcome: outcome.text, transition: outcome.transition, hasFailed: failed };
  const way = wayTaken(ways, ended, ({ to }) => to === goto, false);
  if (way === undefined) throw noSuchWay(chain, `${taskId} ${failed ? "failed and " : ""}led to ${goto}`);
  return way;
}

function checkSameChain(chain: Chain, run: CoveredRun): void {
  for (const id of chainIdsOf(run)) {
    if (id !== chain.id)
      throw mismatch(chain, `the run is of the chain ${JSON.stringify(id)}: make a coverage for each chain`);
  }
  for (const hash of chainHashesOf(run)) {
    if (hash !== chain.hash) throw mismatch(chain, `the run is of another version of it: ${ADVICE}`);
  }
}

function unknownTask(chain: Chain, taskId: string): CatenaryError {
  const ids = chain.tasks.map(({ id }) => id);
  const meant = suggest(taskId, ids);
  const nearest = meant === undefined ? "" : `, though ${JSON.stringify(meant)}`;
  return mismatch(
    chain,
    `the run entered ${JSON.stringify(taskId)}, which that chain does not have${nearest}; it has: ${ids.join(", ")}. It is a run of another version: ${ADVICE}`,
  );
}

function noSuchWay(chain: Chain, passage: string): CatenaryError {
  return mismatch(
    chain,
    `in the run ${passage}, where that chain has no way. It is a run of another version: ${ADVICE}`,
  );
}

const ADVICE = "add runs of the chain that createCoverage() was given";

function mismatch(chain: Chain, problem: string): CatenaryError {
  return new CatenaryError("coverage_mismatch", `this is the coverage of the chain ${chain.id}, and ${problem}`, {
    details: { chainId: chain.id },
  });
}
