import { defineChain } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { codeOf } from "./fixtures/code-of.ts";
import { simulate } from "./simulate.ts";

/** A hook whose every failure the chain leads on, so that a wrong answer would never be seen. */
const forgiving = defineChain({
  id: "forgiving",
  tasks: {
    look: { handler: "hook", hook: { name: "look" }, onFailure: "sorry" },
    sorry: { handler: "noop" },
  },
});

const asking = defineChain({
  id: "asking",
  tasks: {
    ask: { handler: "raw_string", promptTemplate: "?", onFailure: "sorry", next: "end" },
    sorry: { handler: "noop" },
  },
});

const embedding = defineChain({ id: "e", tasks: { embed: { handler: "embedding", promptTemplate: "text" } } });

/** What the simulation of a hook with such an answer is refused with. */
async function refusal(answer: unknown): Promise<string> {
  // Safe: it is what programs in JavaScript may give.
  const answers = { look: answer as string };
  const { code, message } = await codeOf(simulate(forgiving, { answers }));
  expect(code).toBe("answer_invalid");
  return message;
}

describe("an answer that fails", () => {
  test("has a failure that there is: another does not compile, and is refused with the one that was meant", async () => {
    // @ts-expect-error There is no such failure.
    const list = simulate(forgiving, { answers: { look: [{ fail: "slow", failure: "timout" }, "fine"] } });
    expect(await codeOf(list)).toMatchObject({
      code: "answer_invalid",
      message: expect.stringMatching(/task look .*no failure "timout"; there are: .*\. Did you mean "timeout"\?$/),
    });
    // @ts-expect-error As above, for a model.
    const single = simulate(asking, { answers: { ask: { fail: "slow", failure: "timout" } } });
    expect((await codeOf(single)).message).toContain('Did you mean "timeout"?');
    // @ts-expect-error As above, for what a function answers.
    const told = simulate(asking, { answers: { ask: () => ({ fail: "slow", failure: "timout" }) } });
    expect((await codeOf(told)).message).toContain('Did you mean "timeout"?');
  });

  test("has no other fields", async () => {
    // @ts-expect-error There is no such field.
    const run = simulate(forgiving, { answers: { look: { fail: "slow", failre: "timeout" } } });
    expect((await codeOf(run)).message).toContain('has no "failre"; it has: fail, failure, retryAfterMs. Did you mean');
    expect(await refusal({ fail: "slow", retryAfterMs: "1s" })).toContain("`retryAfterMs` is milliseconds");
    expect(await refusal({ fail: "slow", retryAfterMs: Number.NaN })).toContain("got NaN");
    expect(await refusal({ fail: true })).toContain("write { value: { fail: … } }");
  });
});

describe("an answer of a hook", () => {
  test("is a value whatever it looks like, where it says so", async () => {
    const answerOf = async (value: string | number[] | object) => {
      // Safe: each of them is JSON.
      const run = await simulate(forgiving, { answers: { look: { value: value as string } } });
      expect(run.path).toEqual(["look"]);
      return run.output;
    };
    expect(await answerOf(["a", "b"])).toEqual(["a", "b"]);
    expect(await answerOf([])).toEqual([]);
    expect(await answerOf({ fail: "declined" })).toEqual({ fail: "declined" });
    expect(await answerOf({ value: 5 })).toEqual({ value: 5 });
    const inList = await simulate(forgiving, { answers: { look: [{ value: [1, 2] }] } });
    expect(inList.output).toEqual([1, 2]);
    const told = await simulate(forgiving, { answers: { look: () => ({ value: { fail: "declined" } }) } });
    expect(told.output).toEqual({ fail: "declined" });
  });

  test("has more fields than value where it is an object with one", async () => {
    const run = await simulate(forgiving, { answers: { look: { value: 5, unit: "kg" } } });
    expect(run.output).toEqual({ value: 5, unit: "kg" });
  });

  test("is JSON: anything else is refused at once, and not taken for a failure of the hook", async () => {
    expect(await refusal({ n: [10n] })).toContain("$.n[0] is the bigint 10n");
    expect(await refusal({ at: new Date(0) })).toContain("$.at is an instance of Date");
    expect(await refusal(Number.NaN)).toContain("$ is NaN");
    expect(await refusal({ f() {} })).toContain("$.f is a function");
    expect(await refusal(Promise.resolve(1))).toContain("a promise: await it");
    expect(await refusal(undefined)).toContain("got nothing");
    expect(await refusal(() => undefined)).toContain("got nothing");
    expect(await refusal(() => 10n)).toContain("$ is the bigint 10n");
    const circle: { self?: object } = {};
    circle.self = circle;
    expect(await refusal(circle)).toContain("$.self contains itself");
    expect(await refusal(JSON.parse("[".repeat(102) + "]".repeat(102)))).toContain("more than 100 levels deep");
    expect(await refusal({ value: [Symbol("x")] })).toContain("$[0] is Symbol(x)");
  });

  test("may lack members, as what a hook returns may", async () => {
    const { id } = JSON.parse("{}");
    const run = await simulate(forgiving, { answers: { look: { id, name: "Ann" } } });
    expect(run.output).toEqual({ name: "Ann" });
  });

  test("is never an empty list of answers", async () => {
    expect(await refusal([])).toContain("write { value: [] }");
  });
});

describe("an answer of a model", () => {
  test("is refused before anything runs where no model can say it", async () => {
    const refused = async (answer: unknown) => {
      // Safe: it is what programs in JavaScript may give.
      const { code, message } = await codeOf(simulate(asking, { answers: { ask: answer as string } }));
      expect(code).toBe("answer_invalid");
      return message;
    };
    expect(await refused({ txt: "hi" })).toContain(
      'got {"txt":"hi"}, and "txt" is not among text, reasoning, toolCalls, finishReason, usage. Did you mean "text"?',
    );
    expect(await refused({ damage: "none" })).toMatch(/ is given as that text: JSON\.stringify\(…\)$/);
    expect(await refused({ text: 5 })).toContain("its `text` is a text; got 5");
    expect(await refused({ toolCalls: [{ nam: "x" }] })).toContain("its `toolCalls` is a list of { name, args }");
    expect(await refused({ text: "hi", usage: { inputTokens: "5" } })).toContain("each a number that is not negative");
    expect(await refused({ text: "hi", usage: { inputTokens: -1 } })).toContain("its `usage` is");
    expect(await refused({ text: "hi", usage: { tokens: 1 } })).toContain("{ inputTokens, outputTokens }");
    expect(await refused(null)).toContain("got null");
    expect(await refused(Number.NaN)).toContain("$ is NaN");
    expect(await refused(() => ["hi"])).toContain('got ["hi"]');
  });

  test("may be given as a value, too", async () => {
    expect((await simulate(asking, { answers: { ask: { value: "hi" } } })).output).toBe("hi");
  });
});

describe("an answer of a model that embeds", () => {
  test("is made of numbers", async () => {
    const refused = async (answer: unknown) => {
      // Safe: it is what programs in JavaScript may give.
      const { code, message } = await codeOf(simulate(embedding, { answers: { embed: answer as string } }));
      expect(code).toBe("answer_invalid");
      return message;
    };
    expect(await refused([1, Number.NaN])).toContain("$[1] is NaN");
    expect(await refused("hello")).toContain('got "hello"');
    expect(await refused([[1], ["x"]])).toContain('got ["x"]');
    expect((await simulate(embedding, { answers: { embed: { value: [0.5] } } })).output).toEqual([0.5]);
    expect((await simulate(embedding, { answers: { embed: [[0.5]] } })).output).toEqual([0.5]);
  });
});
