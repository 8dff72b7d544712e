import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SOUND } from "../../../tests/corpus/sound-chains.ts";
import { createRuntime } from "../../create-runtime.ts";
import { ChainInvalidError } from "../../errors/chain-invalid-error.ts";
import { InputError } from "../../errors/input-error.ts";
import { parseChain } from "../parse-chain.ts";
import type { DrawnStep } from "./drawn-run.ts";
import type { DrawableRun } from "./read-drawn-run.ts";
import { toMermaid } from "./to-mermaid.ts";

const triage = {
  id: "triage",
  tasks: [
    {
      id: "classify",
      handler: "condition_key",
      valid_conditions: { urgent: true, normal: false },
      transition: {
        on_failure: "give_up",
        branches: [
          { operator: "equals", when: "urgent", goto: "page_on_call" },
          { operator: "default", goto: "reply" },
        ],
      },
    },
    { id: "page_on_call", handler: "hook", hook: { name: "page" }, transition: { on_failure: "reply" } },
    { id: "reply", handler: "raw_string" },
    { id: "give_up", handler: "raise_error" },
  ],
};

const step = (taskId: string, outcome: string, more: Partial<DrawnStep> = {}): DrawnStep => ({
  taskId,
  visit: 1,
  durationMs: 20,
  outcome,
  ...more,
});

describe("toMermaid", () => {
  test("draws tasks, branches, failures, the start and the end", () => {
    expect(toMermaid(triage)).toMatchInlineSnapshot(`
      "flowchart TD
        start(["start"])
        finish(["end"])
        failure(["the run fails"])
        t1["classify<br/>condition_key"]
        t2[["page_on_call<br/>hook"]]
        t3["reply<br/>raw_string"]
        t4("give_up<br/>raise_error")
        start --> t1
        t1 -->|"equals urgent"| t2
        t1 -->|"default"| t3
        t1 -.->|"on failure"| t4
        t2 --> finish
        t2 -.->|"on failure"| t3
        t3 --> finish
        t4 -.->|"on failure"| failure"
    `);
  });

  test("draws a chain as its JSON", () => {
    expect(toMermaid(parseChain(triage).chain)).toBe(toMermaid(triage));
  });

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

  const guess = {
    id: "guess",
    tasks: [
      {
        id: "guess",
        handler: "parse_score",
        transition: {
          branches: [
            { operator: ">", when: "50", goto: "guess" },
            { operator: "<", when: "5.001", goto: "end" },
            { operator: "default", goto: "tell" },
          ],
        },
      },
      { id: "tell", handler: "noop", transition: { branches: [{ operator: "default", goto: "end" }] } },
    ],
  };

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

  test("draws what is wrong too: targets that are no tasks, repeated ids, tasks that nothing leads to", () => {
    const faulty = {
      tasks: [
        {
          id: "a",
          handler: "noop",
          transition: { on_failure: "nowhere", branches: [{ operator: "default", goto: "b" }] },
        },
        { id: "b", handler: "my_own" },
        { id: "b", handler: "noop", transition: { branches: [{ operator: "is", when: "x", goto: "nowhere" }] } },
      ],
    };
    expect(toMermaid(faulty)).toMatchInlineSnapshot(`
      "flowchart TD
        start(["start"])
        finish(["end"])
        t1("a<br/>noop")
        t2["b<br/>my_own"]
        t3("b<br/>noop")
        m1["nowhere<br/>no such task"]
        start --> t1
        t1 --> t2
        t1 -.->|"on failure"| m1
        t2 --> finish
        t3 -->|"is x"| m1
        classDef missing stroke:#b3261e,stroke-dasharray:4
        class m1 missing"
    `);
  });

  test("takes no name for a word or a sign of Mermaid, Markdown or HTML", () => {
    const ids = [
      "end of it",
      "subgraph",
      'say "hi"',
      "[x](y) {z} <b>`c`</b>",
      "#35; %%{init}%%",
      "1. one",
      "- two",
      "---",
      "style a:b;",
      "_x_ and my_task",
      "日本語 é 😀",
      "two\nlines\u202e",
      "long ".repeat(40),
    ];
    const tasks = ids.map((id, index) => ({
      id,
      handler: "raw_string",
      transition: { branches: [{ operator: "equals", when: `${id}|`, goto: ids[index + 1] ?? "end" }] },
    }));
    expect(toMermaid({ tasks })).toMatchInlineSnapshot(`
      "flowchart TD
        start(["start"])
        finish(["end"])
        t1["end of it<br/>raw_string"]
        t2["subgraph<br/>raw_string"]
        t3["say #34;hi#34;<br/>raw_string"]
        t4["#91;x#93;(y) #123;z#125; #60;b#62;#96;c#96;#60;/b#62;<br/>raw_string"]
        t5["#35;35; #37;#37;#123;init#125;#37;#37;<br/>raw_string"]
        t6["1#46; one<br/>raw_string"]
        t7["#45; two<br/>raw_string"]
        t8["#45;--<br/>raw_string"]
        t9["style a#58;b;<br/>raw_string"]
        t10["#95;x#95; and my_task<br/>raw_string"]
        t11["日本語 é 😀<br/>raw_string"]
        t12["two lines<br/>raw_string"]
        t13["long long long long long long long long…<br/>raw_string"]
        start --> t1
        t1 -->|"equals end of it|"| t2
        t2 -->|"equals subgraph|"| t3
        t3 -->|"equals say #34;hi#34;|"| t4
        t4 -->|"equals #91;x#93;(y) #123;z#125; #60;b#62;#96;c#96;#60;/b#62;|"| t5
        t5 -->|"equals #35;35; #37;#37;#123;init#125;#37;#37;|"| t6
        t6 -->|"equals 1#46; one|"| t7
        t7 -->|"equals #45; two|"| t8
        t8 -->|"equals #45;--|"| t9
        t9 -->|"equals style a#58;b;|"| t10
        t10 -->|"equals #95;x#95; and my_task|"| t11
        t11 -->|"equals 日本語 é 😀|"| t12
        t12 -->|"equals two lines |"| t13
        t13 -->|"equals long long long long long long long long…"| finish"
    `);
  });

  test("writes nothing but what it means to, whatever is in a chain", () => {
    const label = String.raw`"(?:[^"<>\x60{}%\\$*~:[\]\n]|<br/>)*"`;
    const name = String.raw`(?:start|finish|failure|[tm]\d+)`;
    const line = new RegExp(
      [
        String.raw`${name}(?:\(\[${label}\]\)|\[\[${label}\]\]|\[${label}\]|\(${label}\))`,
        String.raw`${name} (?:-->|-\.->)(?:\|(?!"")${label}\|)? ${name}`,
        String.raw`classDef missing [\w:#,-]+`,
        String.raw`class [\w,]+ missing`,
      ]
        .map((form) => `^  ${form}$`)
        .join("|"),
      "u",
    );
    const hostile = fc.string({ unit: "binary", maxLength: 30 });
    fc.assert(
      fc.property(
        fc.array(fc.record({ id: hostile, handler: hostile, operator: hostile, when: hostile, goto: hostile }), {
          maxLength: 5,
        }),
        (parts) => {
          const tasks = parts.map(({ id, handler, ...branch }) => ({
            id,
            handler,
            transition: { branches: [branch] },
          }));
          const lines = toMermaid({ tasks }).split("\n");
          expect(lines[0]).toBe("flowchart TD");
          expect(lines.slice(1).filter((written) => !line.test(written))).toEqual([]);
        },
      ),
    );
  });

  test.each(SOUND)("draws $name", ({ chain }) => {
    expect(toMermaid(chain)).toMatch(/^flowchart TD\n {2}start/);
  });

  test("writes no label where a branch says nothing, since Mermaid could not read an empty one", () => {
    const branches = [{ operator: " ", when: "\n", goto: "end" }, { goto: "nowhere" }];
    expect(toMermaid({ tasks: [{ id: "a", handler: "", transition: { branches } }] })).toContain(
      "t1 --> finish\n  t1 --> m1",
    );
  });

  test("leads on from a task that never succeeds only where its failure leads", () => {
    const refuse = { id: "a", handler: "raise_error", transition: { branches: [{ operator: "default", goto: "b" }] } };
    const ways = (task: object) =>
      toMermaid({ id: "c", tasks: [task, { id: "b", handler: "noop" }] })
        .split("\n")
        .filter((line) => line.includes("t1 -"));
    expect(ways(refuse)).toEqual(['  t1 -.->|"on failure"| failure']);
    expect(ways({ ...refuse, transition: { ...refuse.transition, on_failure: "b" } })).toEqual([
      '  t1 -.->|"on failure"| t2',
    ]);
  });

  test("draws nothing for a chain without tasks", () => {
    expect(toMermaid({ id: "c", tasks: [] })).toBe("flowchart TD");
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

  test("refuses what has no list of tasks, instead of drawing nothing", () => {
    const messageOf = (chain: unknown) => {
      try {
        return toMermaid(chain);
      } catch (error) {
        if (!(error instanceof ChainInvalidError)) throw error;
        return error.message;
      }
    };
    expect(messageOf({})).toContain("$.tasks: expected a list of tasks to draw, got none");
    expect(messageOf({ id: "c", tasks: { a: {} } })).toContain("got an object");
    expect(messageOf({ Tasks: [] })).toBe("flowchart TD");
    expect(messageOf(parseChain(guess))).toContain("give its `chain`");
    expect(messageOf(Promise.resolve(guess))).toContain("expected a plain object");
  });

  test("refuses options that are none: a run without braces would be drawn as if nothing had run", async () => {
    const chain = parseChain({ id: "c", tasks: [{ id: "a", handler: "noop" }] }).chain;
    if (chain === undefined) throw new Error("it is sound");
    const run = await createRuntime().run(chain, "x");
    // @ts-expect-error A program in JavaScript may give it.
    expect(() => toMermaid(chain, run)).toThrow("give a run in braces: toMermaid(chain, { run })");
    // @ts-expect-error As above.
    expect(() => toMermaid(chain, { runs: run })).toThrow("to be { run }, got one named `runs`");
    // @ts-expect-error As above.
    expect(() => toMermaid(chain, "run")).toThrow(InputError);
  });

  test("refuses what is no chain and what is no run", () => {
    expect(() => toMermaid("chain")).toThrow(expect.objectContaining({ code: "chain_invalid" }));
    // @ts-expect-error A program in JavaScript may give it.
    expect(() => toMermaid(triage, { run: { output: "x" } })).toThrow(InputError);
    // @ts-expect-error As above.
    expect(() => toMermaid(triage, { run: { steps: [null] } })).toThrow(InputError);
    // @ts-expect-error As above.
    expect(toMermaid(triage, null)).toBe(toMermaid(triage));
    // @ts-expect-error As above.
    expect(() => toMermaid(triage, { run: null })).toThrow(/got null/);
  });
});
