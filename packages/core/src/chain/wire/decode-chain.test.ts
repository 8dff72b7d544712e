import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeChain } from "./decode-chain.ts";

const task = (fields: object) => ({ id: "c", tasks: [{ id: "a", handler: "noop", ...fields }] });

function decodedTask(fields: object) {
  const { definition } = decodeChain(task(fields));
  return definition?.tasks[0];
}

/** Everything that a program can hand over, JSON or not. */
const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSparseArray: true,
  withTypedArray: true,
});

describe("decodeChain", () => {
  test("takes any value without throwing, and gives a definition or says why not", () => {
    fc.assert(
      fc.property(anything, (value) => {
        const { definition, findings } = decodeChain(value);
        expect(definition !== undefined || findings.some(({ severity }) => severity === "error")).toBe(true);
      }),
    );
  });

  test("takes any value as a field of a task without throwing", () => {
    const names = fc.constantFrom(
      "transition",
      "hook",
      "compose",
      "retry",
      "execute_config",
      "valid_conditions",
      "timeout",
    );
    fc.assert(
      fc.property(names, anything, (name, value) => {
        const { definition } = decodeChain(task({ [name]: value }));
        expect(definition?.tasks).toHaveLength(1);
      }),
    );
  });

  test("freezes what it gives at every depth, and leaves alone what it was given", () => {
    const given = task({ hook: { name: "h", args: { list: [{ deep: true }] } }, other: { deep: {} } });
    const before = structuredClone(given);
    const { definition } = decodeChain(given);
    expect(isFrozen(definition)).toBe(true);
    expect(given).toEqual(before);
    expect(Object.isFrozen(given.tasks[0])).toBe(false);
  });

  test("reads null as nothing", () => {
    const { definition, findings } = decodeChain({
      id: "c",
      debug: null,
      token_limit: null,
      tasks: [
        {
          id: "a",
          handler: "noop",
          print: null,
          hook: null,
          compose: null,
          transition: { branches: null, on_failure: null },
        },
      ],
    });
    expect(findings).toEqual([]);
    expect(definition).toStrictEqual({ id: "c", tasks: [{ id: "a", handler: "noop", transition: { branches: [] } }] });
  });

  test("reads a condition that is null as false, and an argument that is null as the empty text", () => {
    expect(decodedTask({ valid_conditions: { yes: true, no: null } })?.validConditions).toEqual({
      yes: true,
      no: false,
    });
    expect(decodedTask({ hook: { name: "h", args: { q: null, deep: [null] } } })?.hook?.args).toEqual({
      q: "",
      deep: [null],
    });
  });

  test("reads a number in when as its text", () => {
    const { definition, findings } = decodeChain(
      task({ transition: { branches: [{ operator: ">", when: 7.5, goto: "end" }] } }),
    );
    expect(definition?.tasks[0]?.transition.branches[0]?.when).toBe("7.5");
    expect(findings).toMatchObject([{ severity: "warning", code: "wrong_type", suggestion: '"7.5"' }]);
  });

  test("leaves names given by the user as they are", () => {
    const { definition } = decodeChain({
      ...task({
        valid_conditions: { Yes_Sir: true, yes_sir: false },
        hook: { name: "h", args: { userName: "x", user_name: "y" } },
      }),
      variables: { firstName: "string", first_name: "Int" },
    });
    expect(definition?.tasks[0]?.validConditions).toEqual({ Yes_Sir: true, yes_sir: false });
    expect(definition?.tasks[0]?.hook?.args).toEqual({ userName: "x", user_name: "y" });
    expect(definition?.variables).toEqual({ firstName: "string", first_name: "int" });
  });

  test("does not look at inherited members", () => {
    const inherited = Object.create({ id: "c", tasks: [] });
    expect(decodeChain(inherited).findings).toMatchObject([{ severity: "error", code: "wrong_type", path: "$" }]);
    const { definition } = decodeChain({ tasks: [], constructor: undefined });
    expect(definition).toStrictEqual({ id: "", tasks: [] });
  });

  test("keeps the places of the other tasks where one cannot be read", () => {
    const { definition } = decodeChain({ id: "c", tasks: ["x", { id: "b", handler: "noop" }] });
    expect(definition?.tasks.map(({ id }) => id)).toEqual(["", "b"]);
  });

  test("keeps a member named __proto__ as a member", () => {
    const { definition } = decodeChain(JSON.parse('{"id":"c","tasks":[],"__proto__":{"debug":true}}'));
    expect(definition?.debug).toBeUndefined();
    expect(Object.keys(definition?.extra ?? {})).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(definition?.extra)).toBe(Object.prototype);
  });

  test("refuses an object inside itself, at its place", () => {
    const loop: Record<string, unknown> = {};
    loop.self = loop;
    expect(decodeChain(task({ note: loop })).findings).toMatchObject([
      { severity: "error", code: "wrong_type", path: "$.tasks[0].note.self" },
      { code: "unknown_field" },
    ]);
  });

  test("refuses what is nested too deep, and what stands for too many values", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 10_000; level += 1) deep = [deep];
    expect(decodeChain({ id: "c", tasks: [], deep }).findings[0]).toMatchObject({ code: "wrong_type" });
    let wide: unknown = 1;
    for (let level = 0; level < 60; level += 1) wide = [wide, wide];
    const { findings } = decodeChain({ id: "c", tasks: [], wide });
    expect(findings.filter(({ severity }) => severity === "error")).toHaveLength(1);
  });

  test.each([
    [">", "expected a number that `>` compares with, got nothing, so the branch never matches"],
    [
      "in_range",
      "expected bounds such as `1-10` that `in_range` compares with, got nothing, so the branch never matches",
    ],
    [
      "equals",
      'expected what `equals` compares with, got nothing, which is read as the empty text; write `""` where that is meant',
    ],
  ])("says what a branch with %s and nothing beside it would have to compare with", (operator, message) => {
    const { findings } = decodeChain(task({ transition: { branches: [{ operator, goto: "end" }] } }));
    expect(findings.filter(({ code }) => code === "missing_field").map((finding) => finding.message)).toEqual([
      message,
    ]);
  });

  test("says what is wrong with an object that throws when it is read", () => {
    const hostile = new Proxy(
      {},
      {
        ownKeys: () => {
          throw new Error("no");
        },
      },
    );
    expect(decodeChain({ id: "c", tasks: [hostile] }).findings).toMatchObject([
      { severity: "error", code: "wrong_type" },
    ]);
  });

  test("suggests the field that was meant", () => {
    const { findings } = decodeChain(task({ promt_template: "x", handelr: "y", later_version: 1 }));
    expect(findings.map(({ path, suggestion }) => [path, suggestion])).toEqual([
      ["$.tasks[0].promt_template", "prompt_template"],
      ["$.tasks[0].handelr", "handler"],
      ["$.tasks[0].later_version", undefined],
    ]);
  });

  test("says nothing about the other fields of a custom handler, which may read them", () => {
    const fields = { handler: "fetch_page", url: "u", hooks: [], execute_config: { later: 1 } };
    expect(decodeChain(task(fields)).findings.map(({ path }) => path)).toEqual(["$.tasks[0].execute_config.later"]);
    expect(decodedTask(fields)?.extra).toEqual({ url: "u", hooks: [] });
  });

  test("does not repeat the value that came: it may be a secret in the wrong place", () => {
    const { findings } = decodeChain(task({ retry_on_failure: "sk-secret", transition: "sk-secret" }));
    expect(findings).toHaveLength(2);
    expect(JSON.stringify(findings)).not.toContain("sk-secret");
  });
});

function isFrozen(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isFrozen);
}
