import type { AffinityGroup, Backend, Chain, DataType, Json, RunResult, SelectionPolicy } from "@catenary/core";
import { BUILT_IN_POLICIES, CatenaryError, compileChain, createRuntime } from "@catenary/core";
import { checkChain } from "../check-chain.ts";
import { isRecord } from "../is-record.ts";
import { type AnswerBook, createAnswerBook } from "./answer-book.ts";
import { createAnswerDesk } from "./answer-desk.ts";
import { type FollowedRun, followRun } from "./follow-run.ts";
import { checkSimulateOptions, type GivenSimulation } from "./simulate-options.ts";
import { SIMULATED, simulatedBackends } from "./simulated-backends.ts";
import { simulatedHandlers } from "./simulated-handlers.ts";
import { simulatedHooks } from "./simulated-hooks.ts";
import type { SimulatedPrompt, Simulation } from "./simulation.ts";
import { createSimulationClock } from "./simulation-clock.ts";

/**
 * Runs a chain with answers that a test writes, without a model, a network or a wait: by the runtime's own engine, handlers
 * and routing, so that whatever it does a real run does too. Pauses before retries take no time, limits of time never run out;
 * for one that did, answer `{ fail, failure: "timeout" }`. A run that fails is a result, not a rejection.
 *
 * @throws CatenaryError `answer_unknown`, `answer_missing` or `answer_invalid`; `settings_invalid` for what is no chain and for
 * options that are none; what an answering function threw; `ChainInvalidError` and `InputError` as `runtime.run` does.
 */
export async function simulate<Input, Output, Needs, Type extends DataType = never>(
  chain: Chain<Input, Output, Needs>,
  ...[given = {}]: GivenSimulation<Input, Needs, Type>
): Promise<Simulation<unknown extends Output ? Json : Output>> {
  checkChain("simulate()", chain);
  const options: unknown = given;
  checkSimulateOptions(options);
  const { input, inputType, variables, answers = {}, stepBudget, now = 0, signal } = options;
  const clock = createSimulationClock(now);
  const stopped = new AbortController();
  const problems: unknown[] = [];
  const run = followRun(chain, clock);
  const book = createAnswerBook(chain, answers);
  const desk = createAnswerDesk(book, run, (problem) => {
    problems.push(problem);
    stopped.abort(problem);
  });
  const prompts: SimulatedPrompt[] = [];
  const backends = simulatedBackends(chain, modelIn(input), desk, prompts);
  const runtime = createRuntime({
    backends,
    defaults: {
      model: SIMULATED,
      chat: { model: SIMULATED },
      embedding: { model: SIMULATED },
      // Which of its simulated models answers makes no difference, but the same one must each time.
      policy: "ordered",
    },
    groups: namedGroups(chain, backends),
    hooks: simulatedHooks(chain, options.hooks ?? {}, desk),
    handlers: simulatedHandlers(chain, options.handlers ?? {}, desk),
    policies: namedPolicies(chain),
    store: run.store,
    clock,
    random: () => 0.5,
    ids: numbered(),
  });
  const untyped: Chain = chain;
  const handle = runtime.start(untyped, input, {
    signal: signal === undefined ? stopped.signal : AbortSignal.any([signal, stopped.signal]),
    ...(inputType !== undefined && { inputType }),
    ...(variables !== undefined && { variables }),
    ...(stepBudget !== undefined && { stepBudget }),
  });
  // Safe: what a chain's ending tasks produce is what its type says.
  const result = (await handle.result()) as RunResult<unknown extends Output ? Json : Output>;
  await runtime.close();
  if (problems.length > 0) throw problems[0];
  return toSimulation(untyped, result, { run, book, prompts });
}

/** What was seen of a run. */
interface Simulated {
  readonly run: FollowedRun;
  readonly book: AnswerBook;
  readonly prompts: readonly SimulatedPrompt[];
}

function toSimulation<Output>(
  chain: Chain,
  result: RunResult<Output>,
  { run: { events }, book, prompts }: Simulated,
): Simulation<Output> {
  const { runId, chainId, steps, usage, status } = result;
  if (status === "suspended") throw new CatenaryError("simulation_defect", "a simulated run cannot be suspended");
  return {
    chain,
    status,
    output: status === "ok" ? result.output : undefined,
    outputType: status === "ok" ? result.outputType : undefined,
    ...(status !== "ok" && { error: result.error }),
    path: events.flatMap((event) => (event.kind === "step_started" ? [event.taskId] : [])),
    steps,
    events,
    prompts,
    unusedAnswers: book.unused(),
    usage,
    runId,
    chainId,
  };
}

/** A request in OpenAI's shape names its own model. */
function modelIn(input: unknown): string | undefined {
  return isRecord(input) && typeof input.model === "string" ? input.model : undefined;
}

/** Policies of the application's own are not there, and any may take the first. */
function namedPolicies(chain: Chain): readonly SelectionPolicy[] {
  const names = routingsOf(chain).flatMap(({ policy }) => policy ?? []);
  return [...new Set(names)]
    .filter((name) => !BUILT_IN_POLICIES.includes(name))
    .map((name) => ({ name, choose: ([first]) => first }));
}

/** Every group has everything. */
function namedGroups(chain: Chain, backends: readonly Backend[]): readonly AffinityGroup[] {
  const ids = backends.map(({ id }) => id);
  const routings = routingsOf(chain);
  const groups = new Set(routings.flatMap(({ group }) => group ?? []));
  const purposes = new Set(routings.flatMap(({ purpose }) => purpose ?? []));
  return [
    ...[...groups].map((id) => ({ id, backends: ids })),
    ...[...purposes].map((purpose) => ({ id: `${SIMULATED} ${purpose}`, purpose, backends: ids })),
  ];
}

function routingsOf(chain: Chain) {
  return compileChain(chain).tasks.flatMap(({ executeConfig }) => executeConfig.routing ?? []);
}

function numbered(): () => string {
  let count = 0;
  return () => `${SIMULATED}-${++count}`;
}
