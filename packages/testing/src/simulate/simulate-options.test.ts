import { defineChain, parseChain } from "@catenary/core";
import { describe, expect, test } from "vitest";
import { createCoverage } from "../transition-coverage/create-coverage.ts";
import { codeOf } from "./fixtures/code-of.ts";
import { triage } from "./fixtures/triage.ts";
import { simulate } from "./simulate.ts";

const answers = { classify: "normal", reply: "ok" };
const greet = defineChain({
  id: "greet",
  variables: { name: "string", times: "int" },
  tasks: { greet: { handler: "noop", promptTemplate: "{{.name}} {{.times}}" } },
});

/** What a program in JavaScript may write. */
async function refusal(options: unknown): Promise<string> {
  // Safe: it is looked at before anything is done with it.
  const { code, message } = await codeOf(simulate(triage, options as object));
  expect(code).toBe("settings_invalid");
  return message;
}

describe("the options of a simulation", () => {
  test("are refused where there are no such, with the one that was meant", async () => {
    // @ts-expect-error There is no such option.
    expect((await codeOf(simulate(triage, { input: "x", answer: answers }))).message).toMatch(
      /^simulate\(\) has no option "answer"; it has: answers, .*\. Did you mean "answers"\?$/,
    );
    expect(await refusal(5)).toContain("are an object; got 5");
    expect(await refusal([])).toContain("got an empty list");
  });

  test("are not taken from a Map, whose members would be passed over", async () => {
    expect(await refusal(new Map([["input", "x"]]))).toContain("got an instance of Map");
    expect(await refusal({ hooks: new Map() })).toContain("`hooks` is an object, by name; got an instance of Map");
    const given = { input: "x", answers: new Map(Object.entries(answers)) };
    // @ts-expect-error Answers stand by name.
    expect(await codeOf(simulate(triage, given))).toMatchObject({
      code: "answer_invalid",
      message: expect.stringContaining("got an instance of Map"),
    });
  });

  test("have values that a run could have", async () => {
    expect(await refusal({ now: Number.NaN })).toContain("`now` is a time in milliseconds, a number; got NaN");
    expect(await refusal({ hooks: { page_on_call: 5 } })).toContain("`hooks.page_on_call` is a function; got 5");
    expect(await refusal({ hooks: [] })).toContain("`hooks` is an object, by name; got an empty list");
    expect(await refusal({ handlers: { grade: () => 1 } })).toContain("`handlers.grade` is a handler");
    const texts = codeOf(simulate(triage, JSON.parse('{ "answers": "normal" }')));
    expect(await texts).toMatchObject({ code: "answer_invalid", message: expect.stringContaining("by the ids") });
  });
});

describe("the variables of a simulation", () => {
  test("are typed as those of a run are, and those of its coverage, too", async () => {
    const variables = { name: "Ann", times: 2 };
    expect((await simulate(greet, { variables })).output).toBe("Ann 2");
    expect((await createCoverage(greet).simulate({ variables })).output).toBe("Ann 2");
    // @ts-expect-error The chain needs its variables.
    expect((await codeOf(simulate(greet))).message).toContain('needs the variable "name"');
    // @ts-expect-error As above.
    expect((await codeOf(simulate(greet, {}))).message).toContain('needs the variable "name"');
    // @ts-expect-error One is of another type.
    expect((await codeOf(simulate(greet, { variables: { name: "Ann", times: "two" } }))).code).toBe("input_invalid");
    // @ts-expect-error There is no such variable.
    expect((await codeOf(simulate(greet, { variables: { ...variables, nam: 1 } }))).message).toContain("Did you mean");
    // @ts-expect-error The chain declares none.
    expect((await codeOf(simulate(triage, { variables, answers }))).code).toBe("input_invalid");
    // @ts-expect-error So it is for the coverage.
    expect((await codeOf(createCoverage(triage).simulate({ variables, answers }))).code).toBe("input_invalid");
  });

  test("are not known of a chain that was parsed", async () => {
    const { chain } = parseChain(greet.toJSON());
    if (chain === undefined) throw new Error("it is a sound chain");
    expect((await simulate(chain, { variables: { name: "Ann", times: 2 } })).output).toBe("Ann 2");
    expect((await codeOf(simulate(chain))).message).toContain('needs the variable "name"');
  });
});

describe("what is no chain", () => {
  test("is refused by a simulation and by a coverage alike, with what to give", async () => {
    const json = triage.toJSON();
    const cases: readonly (readonly [unknown, string])[] = [
      [json, "got its JSON, or a copy of one: read it with parseChain"],
      [{ ...triage }, "got its JSON, or a copy of one"],
      [parseChain(json), "got what parseChain returns: give its `chain`"],
      [{ input: "x", chain: json }, "with a chain inside"],
      ["triage", "give the chain itself, not its id"],
      [undefined, "got nothing"],
      [{}, "got an object"],
    ];
    for (const [given, expected] of cases) {
      // Safe: it is what programs in JavaScript may give.
      const { code, message } = await codeOf(simulate(given as typeof triage));
      expect([code, message]).toEqual(["settings_invalid", expect.stringContaining(expected)]);
      expect(message).toMatch(/^simulate\(\) expects a chain made by defineChain or parseChain; /);
      expect(() => createCoverage(given as typeof triage)).toThrow(expected);
    }
  });
});
