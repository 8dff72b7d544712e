import { createRuntime, type Handler, parseChain, type Runtime } from "@catenary/core";
import type { Engine, Step } from "./engine.ts";

/** Which word a branch is chosen by. */
type Outcome = (n: number) => string;

/** How a step's work becomes a handler. */
type MakeHandler = (step: Step, outcome: Outcome) => Handler;

const passed: Outcome = () => "passed";
const byRemainder: Outcome = (n) => String(n % 3);

/** Chains of custom handlers that await the given steps, on a runtime with its default store. */
export function createCatenary(listener: (event: unknown) => void): Engine {
  return engineOf(listener, (step, outcome) => ({
    execute: async ({ input }) => {
      const n = await step(Number(input.value));
      return { output: { type: "int", value: n }, outcome: outcome(n) };
    },
  }));
}

/** The same with handlers that wait for nothing: what the engine itself costs. They add 1, whatever the step is. */
export function createSynchronousCatenary(listener: (event: unknown) => void): Engine {
  return engineOf(listener, (_step, outcome) => ({
    execute: ({ input }) => {
      const n = Number(input.value) + 1;
      return { output: { type: "int", value: n }, outcome: outcome(n) };
    },
  }));
}

function engineOf(listener: (event: unknown) => void, handlerOf: MakeHandler): Engine {
  const runtimeOf = (handlers: Readonly<Record<string, Handler>>) => {
    const runtime = createRuntime({ handlers });
    runtime.on("*", listener);
    return runtime;
  };
  return {
    linear: (count, step) => {
      const tasks = Array.from({ length: count }, (_, i) => {
        return task(`s${i}`, "step", [{ operator: "default", goto: i + 1 < count ? `s${i + 1}` : "end" }]);
      });
      return workflow(runtimeOf({ step: handlerOf(step, passed) }), tasks);
    },
    loop: (count, step) => {
      const again = { operator: "equals", when: "more", goto: "count" };
      const tasks = [task("count", "step", [again, { operator: "default", goto: "end" }])];
      const outcome: Outcome = (n) => (n < count ? "more" : "enough");
      const run = workflow(runtimeOf({ step: handlerOf(step, outcome) }), tasks);
      return () => run(0);
    },
    branch: ({ start, a, b, c, join }) => {
      const then = (goto: string) => [{ operator: "default", goto }];
      const tasks = [
        task("start", "step_start", [
          { operator: "equals", when: "0", goto: "a" },
          { operator: "equals", when: "1", goto: "b" },
          { operator: "default", goto: "c" },
        ]),
        task("a", "step_a", then("join")),
        task("b", "step_b", then("join")),
        task("c", "step_c", then("join")),
        task("join", "step_join", then("end")),
      ];
      const handlers = {
        step_start: handlerOf(start, byRemainder),
        step_a: handlerOf(a, passed),
        step_b: handlerOf(b, passed),
        step_c: handlerOf(c, passed),
        step_join: handlerOf(join, passed),
      };
      return workflow(runtimeOf(handlers), tasks);
    },
  };
}

function task(id: string, handler: string, branches: readonly object[]) {
  return { id, handler, transition: { branches } };
}

function workflow(runtime: Runtime, tasks: readonly object[]): Step {
  const { chain, findings } = parseChain({ id: "benchmark", tasks });
  if (chain === undefined) throw new Error(`expected a chain without errors, got ${JSON.stringify(findings)}`);
  return async (n) => Number((await runtime.run(chain, n, { inputType: "int" })).output);
}
