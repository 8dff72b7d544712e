import { describe, expect, test } from "vitest";
import { createRuntime } from "../src/create-runtime.ts";
import type { Handler } from "../src/handler/handler.ts";
import { RunFailedError } from "../src/run/run-failed-error.ts";
import type { Json } from "../src/value/json.ts";
import { chainOf, type TaskJson, to } from "./fixtures/chain-of.ts";
import { errorOf } from "./fixtures/error-of.ts";

const ORDER = {
  type: "object",
  properties: { item: { type: "string" }, count: { type: "integer", minimum: 1 } },
  required: ["item"],
  additionalProperties: false,
};
const PASS: TaskJson = { id: "pass", handler: "noop" };
const NUMBER = { type: "object", properties: { n: { type: "number" } }, required: ["n"] };

async function failure(work: Promise<unknown>) {
  const error = await errorOf(work);
  if (!(error instanceof RunFailedError)) throw error;
  return { cause: error.cause, steps: error.run.steps.map(({ taskId, error: why }) => [taskId, why?.code]) };
}

describe("the schema of a chain's input", () => {
  const chain = chainOf(PASS, { input: ORDER });

  test("lets through what satisfies it, as it came", async () => {
    const input = { item: "lamp", count: 2 };
    expect(await createRuntime().run(chain, input)).toMatchObject({ output: input, outputType: "json" });
  });

  test("fails the first task with what does not, before it begins, and names every place but no value", async () => {
    const { cause, steps } = await failure(createRuntime().run(chain, { count: "secret", extra: "secret" }));
    expect(steps).toEqual([["pass", "contract_broken"]]);
    expect(cause).toMatchObject({
      code: "contract_broken",
      failure: "chain",
      details: {
        contract: "input",
        problems: [
          { path: "$", message: 'expected the property "item", which is missing' },
          { path: "$.count", message: "expected integer, got string" },
          { path: "$", message: 'the property "extra" is not allowed' },
        ],
      },
    });
    expect(JSON.stringify([cause, String(cause)])).not.toContain("secret");
  });

  test("lets the first task's on_failure lead on, with the input and the reason", async () => {
    const routed = chainOf(
      [
        { ...PASS, transition: { branches: [], on_failure: "mend" }, retry_on_failure: 3 },
        { id: "mend", handler: "noop", prompt_template: "{{.failed_task}}: {{.error}} {{toJson .input}}" },
      ],
      { input: ORDER },
    );
    const { output, steps } = await createRuntime().run(routed, { item: 1 });
    expect(output).toMatch(/^pass: .*\$\.item: expected string, got number.* {"item":1}$/);
    expect(steps.map(({ taskId }) => taskId)).toEqual(["pass", "mend"]);
  });

  test("is checked once: a cycle back to the first task is not asked again", async () => {
    const cycle = chainOf(
      [
        { ...PASS, transition: to("ask") },
        { id: "ask", handler: "noop", prompt_template: "x", transition: to("again") },
        {
          id: "again",
          handler: "parse_transition",
          transition: { branches: [{ operator: "equals", when: "pass", goto: "end" }] },
        },
      ],
      { input: ORDER },
    );
    expect((await createRuntime().run(cycle, { item: "lamp" })).output).toBe("x");
  });

  test.each([
    ["string", 7, "string", "7"],
    ["integer", "7", "int", 7],
    ["number", "2.5", "float", 2.5],
    ["boolean", "true", "bool", true],
  ] as const)("of type %s makes the input one", async (type, given, outputType, output) => {
    expect(await createRuntime().run(chainOf(PASS, { input: { type } }), given)).toMatchObject({ output, outputType });
  });

  test("fails the first task, and not the call, where the input cannot be made one", async () => {
    const { cause } = await failure(createRuntime().run(chainOf(PASS, { input: { type: "integer" } }), "many"));
    expect(cause).toMatchObject({ code: "contract_broken", details: { problems: [{ path: "$" }] } });
  });

  test("holds for missing input too", async () => {
    const { cause } = await failure(createRuntime().run(chain, undefined));
    expect(cause).toMatchObject({ details: { problems: [{ path: "$", message: "expected object, got null" }] } });
  });

  test("refuses what JSON cannot carry before the run", async () => {
    expect(await errorOf(createRuntime().run(chain, { item: () => 1 }))).toMatchObject({ code: "input_invalid" });
  });
});

describe("the schema of a chain's output", () => {
  const hooks = (answer: Json) => ({ hooks: { get: () => answer } });
  const get: TaskJson = { id: "get", handler: "hook", hook: { name: "get" } };

  test("lets through what satisfies it", async () => {
    const chain = chainOf(get, { output: NUMBER });
    expect((await createRuntime(hooks({ n: 1 })).run(chain, "")).output).toEqual({ n: 1 });
  });

  test("fails the task that would end the run, which is not tried again for it", async () => {
    const chain = chainOf({ ...get, retry_on_failure: 2 }, { output: NUMBER });
    const { cause, steps } = await failure(createRuntime(hooks({ n: "secret" })).run(chain, ""));
    expect(steps).toEqual([["get", "contract_broken"]]);
    expect(cause).toMatchObject({ details: { contract: "output", problems: [{ path: "$.n" }] } });
    expect(JSON.stringify(cause)).not.toContain("secret");
  });

  test("lets on_failure lead on to a task that makes it right", async () => {
    const other: TaskJson = { id: "other", handler: "hook", hook: { name: "default" } };
    const chain = chainOf([{ ...get, transition: { branches: [], on_failure: "other" } }, other], { output: NUMBER });
    const runtime = createRuntime({ hooks: { get: () => ({}), default: () => ({ n: 0 }) } });
    expect((await runtime.run(chain, "")).output).toEqual({ n: 0 });
  });

  test("says nothing about tasks in between", async () => {
    const chain = chainOf([{ ...PASS, transition: to("get") }, get], { output: NUMBER });
    expect((await createRuntime(hooks({ n: 1 })).run(chain, "text")).output).toEqual({ n: 1 });
  });

  test("holds where a failure leads to the end: the failure stands unless the task was given what is promised", async () => {
    const ending = { ...get, transition: { branches: [], on_failure: "end" } };
    const promised = chainOf(ending, { input: "json", output: NUMBER });
    const runtime = createRuntime(hooks({}));
    expect((await runtime.run(promised, { n: 5 })).output).toEqual({ n: 5 });
    const { cause, steps } = await failure(runtime.run(promised, { m: 5 }));
    expect(steps).toEqual([["get", "contract_broken"]]);
    expect(cause).toMatchObject({ details: { contract: "output" } });
  });
});

describe("the schema of a task's output", () => {
  test("holds a hook to it, which is tried again where the task says so", async () => {
    const answers: Json[] = [{ n: "secret" }, { n: 2 }];
    const runtime = createRuntime({ hooks: { get: () => answers.shift() ?? null } });
    const task = {
      handler: "hook",
      hook: { name: "get" },
      output: NUMBER,
      output_template: "{{.n}}",
      retry_on_failure: 1,
    };
    const { output, steps } = await runtime.run(chainOf(task), "");
    expect(output).toBe("2");
    expect(steps.map(({ error }) => error)).toMatchObject([
      { code: "contract_broken", failure: "reply", details: { contract: "task_output", taskId: "task" } },
      undefined,
    ]);
    expect(JSON.stringify(steps)).not.toContain("secret");
  });

  test("holds a custom handler to it", async () => {
    const make: Handler = {
      execute: ({ input }) => ({ output: { type: "json", value: input.value }, outcome: "made" }),
    };
    const slow: Handler = { execute: async (context) => make.execute(context) };
    const runtime = createRuntime({ handlers: { make, slow } });
    for (const handler of ["make", "slow"]) {
      const chain = chainOf({ handler, output: NUMBER }, { input: "json" });
      expect((await runtime.run(chain, { n: 1 })).output).toEqual({ n: 1 });
      const { cause } = await failure(runtime.run(chain, { n: "x" }));
      expect(cause).toMatchObject({ code: "contract_broken", failure: "code" });
    }
  });
});
