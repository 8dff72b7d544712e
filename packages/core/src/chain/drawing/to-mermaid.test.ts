import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { SOUND } from "../../../tests/corpus/sound-chains.ts";
import { guess, triage } from "../../../tests/fixtures/drawn-chains.ts";
import { createRuntime } from "../../create-runtime.ts";
import { ChainInvalidError } from "../../errors/chain-invalid-error.ts";
import { InputError } from "../../errors/input-error.ts";
import { parseChain } from "../parse-chain.ts";
import { toMermaid } from "./to-mermaid.ts";

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
