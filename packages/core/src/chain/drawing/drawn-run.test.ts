import { describe, expect, test } from "vitest";
import { guess, step, triage } from "../../../tests/fixtures/drawn-chains.ts";
import { createRuntime } from "../../create-runtime.ts";
import { InputError } from "../../errors/input-error.ts";
import { parseChain } from "../parse-chain.ts";
import type { DrawableRun } from "./read-drawn-run.ts";
import { toMermaid } from "./to-mermaid.ts";

describe("toMermaid with a run", () => {
  test("marks the way that a run took, what failed, and how long it took", () => {
    const steps = [
      step("classify", "", { durationMs: 812, error: new Error("timeout") }),
      step("classify", "urgent", { durationMs: 640, transition: "true" }),
      step("page_on_call", "", { error: new Error("no answer") }),
      step("reply", "done", { durationMs: 12_100 }),
    ];
    expect(toMermaid(triage, { run: { steps } })).toMatchInlineSnapshot(`
      "flowchart TD
        start(["start"])
        finish(["end"])
        failure(["the run fails"])
        t1["classify<br/>condition_key<br/>1.5 s<br/>1 failed attempt"]
        t2[["page_on_call<br/>hook<br/>20 ms<br/>1 failed attempt"]]
        t3["reply<br/>raw_string<br/>12 s"]
        t4("give_up<br/>raise_error")
        start --> t1
        t1 -->|"equals urgent"| t2
        t1 -->|"default"| t3
        t1 -.->|"on failure"| t4
        t2 --> finish
        t2 -.->|"on failure"| t3
        t3 --> finish
        t4 -.->|"on failure"| failure
        classDef passed fill:#d9f2e3,stroke:#1a7f4b,color:#0b3d25
        class t1,t3 passed
        classDef failed fill:#fbdcdc,stroke:#b3261e,color:#5c1210
        class t2 failed
        linkStyle 0,1,6 stroke:#1a7f4b,stroke-width:3px
        linkStyle 5 stroke:#b3261e,stroke-width:3px,stroke-dasharray:6"
    `);
  });

  test("counts visits and how often a branch was taken", () => {
    const scores = ["60.00", "70.00", "80.00", "20.00"];
    const steps = [...scores.map((score, index) => step("guess", score, { visit: index + 1 })), step("tell", "noop")];
    expect(toMermaid(guess, { run: { steps } })).toMatchInlineSnapshot(`
      "flowchart TD
        start(["start"])
        finish(["end"])
        t1["guess<br/>parse_score<br/>4 visits, 80 ms"]
        t2("tell<br/>noop<br/>20 ms")
        start --> t1
        t1 -->|"gt 50 (3×)"| t1
        t1 -->|"lt 5.001"| finish
        t1 -->|"default"| t2
        t2 --> finish
        classDef passed fill:#d9f2e3,stroke:#1a7f4b,color:#0b3d25
        class t1,t2 passed
        linkStyle 0,1,3,4 stroke:#1a7f4b,stroke-width:3px"
    `);
  });

  test("believes the step that followed where the outcome was rounded", () => {
    const marked = toMermaid(guess, { run: { steps: [step("guess", "5.00"), step("tell", "noop")] } });
    expect(marked).toContain("linkStyle 0,3,4 ");
  });

  test("tells a failure from a success that leads to the same task", () => {
    const branches = [{ operator: "default", goto: "b" }];
    const both = {
      tasks: [
        { id: "a", handler: "noop", transition: { on_failure: "b", branches } },
        { id: "b", handler: "noop" },
      ],
    };
    const failed = toMermaid(both, { run: { steps: [step("a", "", { error: "x" }), step("b", "noop")] } });
    expect(failed).toContain("linkStyle 0,3 stroke:#1a7f4b");
    expect(failed).toContain("linkStyle 2 stroke:#b3261e");
    const passed = toMermaid(both, { run: { steps: [step("a", "noop"), step("b", "noop")] } });
    expect(passed).toContain("linkStyle 0,1,3 stroke:#1a7f4b");
    expect(passed).not.toContain("#b3261e");
  });

  test("does not lead a run to the end that was stopped on its way", () => {
    expect(toMermaid(guess, { run: { steps: [step("guess", "60.00")] } })).toContain("linkStyle 0 ");
    expect(toMermaid(guess, { run: { steps: [] } })).toBe(toMermaid(guess));
  });

  describe("refuses a run of another chain, instead of drawing it as if nothing had run", () => {
    const refusal = (run: DrawableRun, chain: unknown = guess) => {
      try {
        return toMermaid(chain, { run });
      } catch (error) {
        if (!(error instanceof InputError)) throw error;
        return error.message;
      }
    };
    const steps = [step("tell", "noop")];

    test("by the id of the chain that ran", () => {
      expect(refusal({ steps, chainId: "triage" })).toBe(
        'expected a run of chain "guess", and it is one of chain "triage"; draw the chain that ran, as it was then',
      );
      expect(refusal({ steps, chainId: "guess" })).toMatch(/^flowchart/);
    });

    test("by the hash of the version that ran, which stores keep", () => {
      const { hash = "" } = parseChain(guess).chain ?? {};
      expect(refusal({ steps, chainId: "guess", chainHash: `${hash}0` })).toContain("another version of it");
      expect(refusal({ steps, chainId: "guess", chainHash: hash })).toMatch(/^flowchart/);
      expect(refusal({ steps, chainHash: hash }, parseChain(guess).chain)).toMatch(/^flowchart/);
    });

    test("by a step of a task that it does not have", () => {
      expect(refusal({ steps: [...steps, step("gues", "5.00")] })).toContain(
        'a step of task "gues", which is not in it (the nearest is "guess")',
      );
      expect(refusal({ steps: [step("nobody", "")] }, { ...guess, id: "" })).toMatch(
        /^expected a run of the chain, and/,
      );
    });

    test("but not where one of the two has no id", () => {
      expect(refusal({ steps, chainId: "" })).toMatch(/^flowchart/);
      expect(refusal({ steps, chainId: "guess" }, { tasks: guess.tasks })).toMatch(/^flowchart/);
    });
  });

  test("marks what a runtime ran, and refuses it for a chain of other tasks", async () => {
    const runtime = createRuntime();
    const chains = ["a", "b"].map((id) => parseChain({ id: "c", tasks: [{ id, handler: "noop" }] }).chain);
    const [first, second] = chains;
    if (first === undefined || second === undefined) throw new Error("both are sound");
    const run = await runtime.run(first, "x");
    expect(toMermaid(first, { run })).toContain("class t1 passed");
    expect(() => toMermaid(second, { run })).toThrow(/step of task "a"/);
    const stored = await runtime.runs.get(run.runId);
    if (stored === undefined) throw new Error("the store keeps it");
    expect(toMermaid(first, { run: stored })).toContain("class t1 passed");
    const reworded = { ...first.toJSON(), description: "reworded" };
    expect(() => toMermaid(reworded, { run: stored })).toThrow(/another version/);
  });
});
