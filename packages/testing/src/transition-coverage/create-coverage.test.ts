import {
  type CatenaryError,
  createRuntime,
  defineChain,
  parseChain,
  type RunEvent,
  RunFailedError,
} from "@catenary/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { scriptedBackend } from "../scripted/scripted-backend.ts";
import { simulate } from "../simulate/simulate.ts";
import { createCoverage } from "./create-coverage.ts";
import type { CoveredRun } from "./passages-of.ts";

const triage = defineChain({
  id: "triage",
  tasks: {
    classify: {
      handler: "condition_key",
      promptTemplate: "Urgent? {{.input}}",
      validConditions: { urgent: true, normal: false },
      retryOnFailure: 1,
      next: { urgent: "page", default: "reply" },
    },
    page: { handler: "hook", hook: { name: "page" }, onFailure: "reply", next: "end" },
    reply: { handler: "raw_string", promptTemplate: "Answer: {{.input}}" },
  },
});

function errorOf(act: () => void): CatenaryError | undefined {
  try {
    act();
  } catch (error) {
    // Safe: only our functions are called, and they throw nothing else; where they do, the assertion fails.
    return error as CatenaryError;
  }
  return undefined;
}

function namesTaken(coverage: ReturnType<typeof createCoverage>): readonly string[] {
  return coverage.transitions.filter(({ count }) => count > 0).map(({ name }) => name);
}

describe("the coverage of a chain", () => {
  test("knows every branch, default, on_failure and end", () => {
    expect(createCoverage(triage).transitions.map(({ name, to }) => `${name} → ${to}`)).toEqual([
      'classify: equals "urgent" → page',
      "classify: default → reply",
      "page: default → end",
      "page: on_failure → reply",
      "reply: end → end",
    ]);
  });

  test("asks for no branch of a task that never succeeds", () => {
    const { chain } = parseChain({
      id: "c",
      tasks: [
        {
          id: "refuse",
          handler: "raise_error",
          transition: { on_failure: "b", branches: [{ operator: "default", goto: "b" }] },
        },
        { id: "b", handler: "noop" },
      ],
    });
    if (chain === undefined) throw new Error("nothing in it is an error");
    expect(createCoverage(chain).transitions.map(({ name }) => name)).toEqual(["refuse: on_failure", "b: end"]);
  });

  test("adds up over several runs, and reports what none of them did", async () => {
    const coverage = createCoverage(triage);
    await coverage.simulate({ input: "x", answers: { classify: "normal", reply: "ok" } });
    await coverage.simulate({ input: "x", answers: { classify: [{ fail: "busy" }, "urgent"], page: 1 } });
    expect(coverage.report()).toMatchInlineSnapshot(`
      "triage: tasks 3/3 (100%), transitions 4/5 (80%)
      classify                       2×
        equals "urgent"  → page      1×
        default          → reply     1×
      page                           1×
        default          → end       1×
        on_failure       → reply  never
      reply                          1×
        end              → end       1×"
    `);
  });

  test("is complete when every way was taken, or named as an exception", async () => {
    const coverage = createCoverage(triage);
    await coverage.simulate({ input: "x", answers: { classify: "normal", reply: "ok" } });
    const error = errorOf(() => coverage.assertComplete());
    expect(error?.code).toBe("coverage_incomplete");
    expect(error?.details.missing).toEqual([
      "task page",
      'classify: equals "urgent" → page',
      "page: default → end",
      "page: on_failure → reply",
    ]);
    coverage.assertComplete({ except: ["page", 'classify: equals "urgent"'] });
    await coverage.simulate({ input: "x", answers: { classify: "urgent", page: { fail: "off" }, reply: "ok" } });
    coverage.assertComplete({ except: ["page: default"] });
    await coverage.simulate({ input: "x", answers: { classify: "urgent", page: 1 } });
    coverage.assertComplete();
  });

  test("refuses an exception that the chain does not have", () => {
    const error = errorOf(() => createCoverage(triage).assertComplete({ except: ["page: on_failur"] }));
    expect(error?.code).toBe("coverage_unknown");
    expect(error?.message).toMatch(/it has: .*page: on_failure/);
  });

  test("says which exception was probably meant", () => {
    const error = errorOf(() => createCoverage(triage).assertComplete({ except: ["page: on_failur"] }));
    expect(error?.message).toMatch(/\. Did you mean "page: on_failure"\?$/);
  });

  test("refuses exceptions that are no list, and options that there are not", () => {
    // @ts-expect-error A program in JavaScript may give it: each letter would be one.
    const text = errorOf(() => createCoverage(triage).assertComplete({ except: "page: default" }));
    expect([text?.code, text?.message]).toEqual(["settings_invalid", expect.stringContaining('got "page: default"')]);
    // @ts-expect-error As above.
    const option = errorOf(() => createCoverage(triage).assertComplete({ excpt: ["page"] }));
    expect(option?.message).toContain('has no option "excpt"; it has: except. Did you mean "except"?');
    // @ts-expect-error As above.
    expect(errorOf(() => createCoverage(triage).assertComplete(["page"]))?.message).toContain("got a list");
  });

  test("refuses an exception that excuses nothing any more, once nothing else is missing", async () => {
    const coverage = createCoverage(triage);
    await coverage.simulate({ input: "x", answers: { classify: "normal", reply: "ok" } });
    await coverage.simulate({ input: "x", answers: { classify: "urgent", page: 1 } });
    const incomplete = errorOf(() => coverage.assertComplete({ except: ["reply"] }));
    expect(incomplete?.details.missing).toEqual(["page: on_failure → reply"]);
    coverage.assertComplete({ except: ["page"] });
    coverage.assertComplete({ except: ["page", "page: on_failure"] });
    const stale = errorOf(() => coverage.assertComplete({ except: ["page: on_failure", "classify: default"] }));
    expect([stale?.code, stale?.message]).toEqual([
      "coverage_stale",
      'assertComplete() of triage excepts "classify: default", and nothing of it is missing: take it out of `except`',
    ]);
    expect(errorOf(() => coverage.assertComplete({ except: ["page: on_failure", "reply"] }))?.code).toBe(
      "coverage_stale",
    );
  });

  test("refuses what is no run, and tells a promise to be awaited", () => {
    const coverage = createCoverage(triage);
    const refused = (run: unknown) => {
      // Safe: it is what programs in JavaScript may give.
      const error = errorOf(() => coverage.add(run as CoveredRun));
      expect(error?.code).toBe("run_invalid");
      return error?.message;
    };
    const expected = "coverage.add() expects a run: what `await simulate(…)` or `await runtime.run(…)` gave; got ";
    expect(refused(undefined)).toBe(`${expected}nothing`);
    expect(refused(Promise.resolve({}))).toBe(`${expected}a promise: await it`);
    expect(refused({})).toBe(`${expected}an object`);
    expect(refused([])).toBe(`${expected}an empty list`);
    expect(refused(["run_started"])).toBe(`${expected}a list of what is no event`);
    expect(refused({ chainId: "triage", events: 5 })).toBe(`${expected}5`);
    expect(refused({ steps: [] })).toBe(`${expected}one without \`chainId\``);
    expect(refused({ chainId: "triage", steps: [null] })).toBe(`${expected}steps that are none`);
  });

  test("refuses runs of another chain", async () => {
    const other = defineChain({ id: "other", tasks: { a: { handler: "noop" } } });
    const run = await createCoverage(other).simulate();
    expect(errorOf(() => createCoverage(triage).add(run))?.code).toBe("coverage_mismatch");
  });

  describe("refuses runs of another version of the chain, and counts nothing of them", () => {
    const renamed = defineChain({
      id: "triage",
      tasks: {
        classify: {
          handler: "condition_key",
          promptTemplate: "Urgent? {{.input}}",
          validConditions: { urgent: true, normal: false },
          next: { urgent: "pager", default: "end" },
        },
        pager: { handler: "hook", hook: { name: "page" } },
      },
    });

    function refusal(run: CoveredRun): string {
      const coverage = createCoverage(triage);
      const error = errorOf(() => coverage.add(run));
      expect(error?.code).toBe("coverage_mismatch");
      expect([...coverage.tasks, ...coverage.transitions].filter(({ count }) => count > 0)).toEqual([]);
      return error?.message ?? "";
    }

    test("by the hash that events and stored runs have", async () => {
      const { events, chainId, steps } = await simulate(renamed, { input: "x", answers: { classify: "normal" } });
      expect(refusal(events)).toContain("the run is of another version of it");
      expect(refusal({ chainId, steps, chainHash: renamed.hash })).toContain("another version");
      createCoverage(renamed).add({ chainId, steps, chainHash: renamed.hash });
    });

    test("by a task that the chain does not have", async () => {
      const run = await simulate(renamed, { input: "x", answers: { classify: "urgent", pager: 1 } });
      const { events: _, ...trace } = run;
      expect(refusal(trace)).toContain('entered "pager", which that chain does not have, though "page"');
    });

    test("by a way that the chain does not have", async () => {
      const run = await simulate(renamed, { input: "x", answers: { classify: "normal" } });
      const { events: _, ...trace } = run;
      expect(refusal(trace)).toContain("classify led to end, where that chain has no way");
    });
  });

  test("reads results, errors and events of a runtime", async () => {
    const runtime = () =>
      createRuntime({
        backends: [scriptedBackend({ replies: ["urgent", "ok"] })],
        hooks: {
          page: () => {
            throw new Error("off");
          },
        },
      });
    const expected = ['classify: equals "urgent"', "page: on_failure", "reply: end"];

    const fromResult = createCoverage(triage);
    fromResult.add(await runtime().run(triage, "x"));
    expect(namesTaken(fromResult)).toEqual(expected);

    const fromEvents = createCoverage(triage);
    const events: RunEvent[] = [];
    for await (const event of runtime().start(triage, "x").events()) events.push(event);
    fromEvents.add(events);
    expect(namesTaken(fromEvents)).toEqual(expected);
    expect(fromEvents.tasks).toEqual(fromResult.tasks);

    const failing = createRuntime({
      backends: [scriptedBackend({ replies: () => "what?" })],
      hooks: { page: () => 1 },
    });
    const error = await failing.run(triage, "x").catch((error: unknown) => error);
    if (!(error instanceof RunFailedError)) throw new Error("the run should fail");
    const fromError = createCoverage(triage);
    fromError.add(error.run);
    expect(namesTaken(fromError)).toEqual([]);
    expect(fromError.tasks[0]).toEqual({ name: "classify", count: 1 });
  });

  test("counts the same by the events of a run and by its steps alone", async () => {
    const answer = fc.constantFrom("urgent", "normal", { fail: "busy" } as const);
    const page = fc.constantFrom(1, { fail: "off" } as const);
    await fc.assert(
      fc.asyncProperty(answer, answer, page, async (first, second, page) => {
        const run = await simulate(triage, { input: "x", answers: { classify: [first, second], page, reply: "ok" } });
        const { events, ...trace } = run;
        const [byEvents, bySteps] = [createCoverage(triage), createCoverage(triage)];
        byEvents.add(events);
        bySteps.add(trace);
        expect(bySteps.report()).toBe(byEvents.report());
      }),
      { numRuns: 30 },
    );
  });

  test("tells branches apart that lead to the same task", async () => {
    const chain = defineChain({
      id: "grades",
      tasks: {
        grade: {
          handler: "parse_number",
          promptTemplate: "grade",
          transition: {
            branches: [
              { operator: ">", when: "8", goto: "done" },
              { operator: ">", when: "5", goto: "done" },
              { operator: "default", goto: "done" },
            ],
          },
        },
        done: { handler: "noop" },
      },
    });
    const coverage = createCoverage(chain);
    await coverage.simulate({ answers: { grade: 6 } });
    await coverage.simulate({ answers: { grade: 1 } });
    expect(namesTaken(coverage)).toEqual(['grade: > "5"', "grade: default", "done: end"]);
  });

  test("shows that the second of two equal branches can never be taken", async () => {
    const { chain } = parseChain({
      id: "twice",
      tasks: [
        {
          id: "a",
          handler: "noop",
          transition: {
            branches: [
              { operator: "equals", when: "noop", goto: "end" },
              { operator: "equals", when: "noop", goto: "end" },
            ],
          },
        },
      ],
    });
    if (chain === undefined) throw new Error("it is a sound chain");
    const coverage = createCoverage(chain);
    await coverage.simulate({ input: "x" });
    expect(coverage.transitions.map(({ name, count }) => [name, count])).toEqual([
      ['a: equals "noop"', 1],
      ['a: equals "noop" (2)', 0],
    ]);
  });
});
