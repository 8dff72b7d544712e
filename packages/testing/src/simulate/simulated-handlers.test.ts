import { type Handler, parseChain } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { codeOf } from "./fixtures/code-of.ts";
import { simulate } from "./simulate.ts";

describe("custom handlers in a simulation", () => {
  const { chain } = parseChain({
    id: "custom",
    tasks: [
      {
        id: "grade",
        handler: "grade",
        transition: {
          branches: [
            { operator: "equals", when: "good", goto: "done" },
            { operator: "default", goto: "end" },
          ],
        },
      },
      { id: "done", handler: "noop" },
    ],
  });
  if (chain === undefined) throw new Error("it is a sound chain");
  const grade: Handler = {
    async execute(context) {
      const first = await context.generate({
        kind: "prompt",
        messages: [{ role: "user", content: "first", timestamp: "" }],
      });
      const second = await context.generate({
        kind: "prompt",
        messages: [{ role: "user", content: "second", timestamp: "" }],
      });
      return { output: { type: "string", value: first.text + second.text }, outcome: "good" };
    },
  };

  test("run for real where they are given, and their model calls are answered in order", async () => {
    const run = await simulate(chain, { handlers: { grade }, answers: { grade: ["one", "two"] } });
    expect(run.output).toBe("onetwo");
    expect(run.prompts.map(({ text }) => text)).toEqual(["first", "second"]);
  });

  test("are stood for by an output and an outcome", async () => {
    const run = await simulate(chain, { answers: { grade: { output: [1], outcome: "good" } } });
    expect(run).toMatchObject({ output: [1], outputType: "json", path: ["grade", "done"] });
  });

  test("fail as they are told", async () => {
    const run = await simulate(chain, { handlers: { grade }, answers: { grade: { fail: "no chalk" } } });
    expect(run.error?.message).toBe("task grade failed: no chalk");
  });

  test("need one or the other", async () => {
    const { code, message } = await codeOf(simulate(chain, { answers: { grade: "text" } }));
    expect(code).toBe("answer_invalid");
    expect(message).toContain("handlers: { grade }");
  });
});
