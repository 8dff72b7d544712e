import type { Engine, Step } from "./engine.ts";

/** Work of a known size with a known result. */
export interface Workflow {
  readonly steps: number;
  make(engine: Engine): Step;
  expected(input: number): number;
}

const addOne: Step = async (n) => n + 1;

const linear = (steps: number): Workflow => ({
  steps,
  make: (engine) => engine.linear(steps, addOne),
  expected: (input) => input + steps,
});

/** Each fork adds as much as a step does, so that whoever counts the steps also checks the way. */
const FORKS = { start: addOne, a: addOne, b: addOne, c: addOne, join: addOne };

export const WORKFLOWS = {
  linear10: linear(10),
  linear100: linear(100),
  loop1000: { steps: 1000, make: (engine: Engine) => engine.loop(1000, addOne), expected: () => 1000 },
  branch3: { steps: 3, make: (engine: Engine) => engine.branch(FORKS), expected: (input: number) => input + 3 },
} satisfies Record<string, Workflow>;

/** Throws where the workflow's result is wrong for any of the first inputs, which take all three forks. */
export async function checkWorkflow(engine: Engine, workflow: Workflow): Promise<void> {
  const run = workflow.make(engine);
  for (let input = 0; input < 4; input++) {
    const output = await run(input);
    if (output !== workflow.expected(input))
      throw new Error(`expected ${workflow.expected(input)} for ${input}, got ${output}`);
  }
}
