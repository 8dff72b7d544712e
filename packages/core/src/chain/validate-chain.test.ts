import { describe, expect, test } from "vitest";
import { createChain, isChain } from "./create-chain.ts";
import { parseChain } from "./parse-chain.ts";
import { validateChain } from "./validate-chain.ts";

const chain = {
  id: "c",
  execute_config: { routing: { policy: "cheapset" } },
  tasks: [
    { id: "a", handler: "my_won", transition: { branches: [{ operator: "default", goto: "b" }] } },
    { id: "b", handler: "hook", hook: { name: "notfiy" } },
    { id: "z", handler: "nobody_knows" },
  ],
};

function said(options: Parameters<typeof validateChain>[1]) {
  return validateChain(chain, options)
    .filter(({ code }) => code !== "unreachable_task")
    .map(({ severity, code, path, suggestion }) => [severity, code, path, suggestion]);
}

describe("validateChain", () => {
  test("only warns about unknown handlers as long as the runtime is not known", () => {
    expect(said({})).toEqual([
      ["warning", "unknown_handler", "$.tasks[0].handler", undefined],
      ["warning", "unknown_handler", "$.tasks[2].handler", undefined],
    ]);
  });

  test("refuses unknown handlers that a run comes to once the runtime is known", () => {
    const handlers = new Map([["my_own", { name: "my_own", fields: [], required: [], output: "any" } as const]]);
    expect(said({ handlers })).toEqual([
      ["error", "unknown_handler", "$.tasks[0].handler", "my_own"],
      ["warning", "unknown_handler", "$.tasks[2].handler", undefined],
    ]);
  });

  test("refuses hooks and warns about policies that are not registered", () => {
    const found = said({ hooks: new Set(["notify"]), policies: new Set(["cheapest", "random"]) });
    expect(found.filter(([, code]) => code !== "unknown_handler")).toEqual([
      ["error", "unknown_hook", "$.tasks[1].hook.name", "notify"],
      ["warning", "unknown_policy", "$.execute_config.routing.policy", "cheapest"],
    ]);
  });

  test("only warns about an unknown hook where the task says what to do when it fails", () => {
    const [start, task] = [chain.tasks[0], { ...chain.tasks[1], transition: { on_failure: "end" } }];
    const found = validateChain({ id: "c", tasks: [start, task] }, { hooks: new Set(["notify"]) });
    expect(found.filter(({ code }) => code === "unknown_hook").map(({ severity }) => severity)).toEqual(["warning"]);
  });

  test("warns of a retry that names no kind of failure, and says nothing where none is named at all", () => {
    const found = (retry: object) =>
      validateChain({ id: "c", tasks: [{ id: "a", handler: "raw_string", retry }] }).map(({ severity, path }) => [
        severity,
        path,
      ]);
    expect(found({ max: 2, on: [] })).toEqual([["warning", "$.tasks[0].retry.on"]]);
    for (const retry of [{ max: 2 }, { max: 2, on: null }, { max: 2, on: ["timeout"] }])
      expect(found(retry)).toEqual([]);
  });

  test("takes names as a list too", () => {
    const asks = {
      id: "c",
      tasks: [{ id: "a", handler: "raw_string", execute_config: { model: "m1", models: ["M-2"] } }],
    };
    expect(validateChain(asks, { models: ["m2"] }).map(({ code, path }) => [code, path])).toEqual([
      ["unknown_model", "$.tasks[0].execute_config.model"],
    ]);
    expect(validateChain(asks, { models: [] })).toHaveLength(2);
    expect(validateChain(asks)).toEqual([]);
  });

  test.each([
    ["null", null],
    ["a name alone", { hooks: "notify" }],
    ["names that are none", { models: [1] }],
    ["an object of hooks", { hooks: { notify: true } }],
    ["an object of handlers", { handlers: { my_own: {} } }],
  ])("refuses options of a wrong shape, saying what came: %s", (_, options) => {
    // Reflect.apply asks for no types, as programs in JavaScript do.
    expect(() => Reflect.apply(validateChain, undefined, [chain, options])).toThrow(
      expect.objectContaining({ code: "input_invalid", message: expect.stringMatching(/^expected .* got /) }),
    );
  });

  test("asks for what a custom handler needs", () => {
    const handlers = new Map([
      [
        "my_own",
        { name: "my_own", fields: ["validConditions"], required: ["validConditions"], output: "any" } as const,
      ],
    ]);
    const found = validateChain(
      { id: "c", tasks: [{ id: "a", handler: "my_own", hook: { name: "h" } }] },
      { handlers },
    );
    expect(found.map(({ code, path }) => [code, path])).toEqual([
      ["missing_field", "$.tasks[0].valid_conditions"],
      ["unused_field", "$.tasks[0].hook"],
    ]);
  });

  test("says the same about a chain as about its JSON", () => {
    const json = {
      id: "c",
      tasks: [
        { id: "a", handler: "noop", note: 1 },
        { id: "b", handler: "noop" },
      ],
    };
    const { chain: parsed, findings } = parseChain(json);
    expect(findings).toHaveLength(2);
    expect(validateChain(parsed)).toEqual(findings);
    expect(parseChain(parsed).chain?.hash).toBe(parsed?.hash);
  });

  test("takes the kinds of task by their names alone, and then asks nothing more of them", () => {
    const chain = { id: "c", tasks: [{ id: "a", handler: "grade", system_instruction: "x", level: 5 }] };
    expect(validateChain(chain, { handlers: ["grade"] })).toEqual([]);
    expect(
      validateChain(chain, { handlers: new Set(["rate"]) }).map(({ severity, code }) => `${severity} ${code}`),
    ).toEqual(["error unknown_handler"]);
    // @ts-expect-error What programs in JavaScript may give.
    expect(() => validateChain(chain, { handlers: [5] })).toThrow(/list of names or a Map of specifications by name/);
  });

  test("refuses options of other names, which would check nothing", () => {
    const chain = { id: "c", tasks: [{ id: "a", handler: "noop" }] };
    // @ts-expect-error What programs in JavaScript may give.
    expect(() => validateChain(chain, { hook: ["notify"] })).toThrow(
      "validateChain has no option `hook`. Did you mean hooks?",
    );
    // @ts-expect-error As above.
    expect(() => validateChain(chain, { zebra: 1 })).toThrow(/no option `zebra`; there is runtime, handlers/);
  });

  test("reports every fault at once, and none of them twice", () => {
    const found = validateChain({
      id: "c",
      tasks: [
        { id: "a", handler: "hook", hook: 5, timeout: "x", transition: { branches: [{ operator: "is", goto: "b" }] } },
      ],
    });
    expect(found.map(({ code }) => code)).toEqual([
      "wrong_type",
      "unknown_operator",
      "unknown_target",
      "invalid_duration",
    ]);
  });
});

describe("a chain", () => {
  test("is recognised, and a copy of it is not", () => {
    const made = createChain({ id: "c", tasks: [] });
    expect(isChain(made)).toBe(true);
    expect(isChain({ ...made })).toBe(false);
    expect(isChain(null)).toBe(false);
  });

  test("can be copied as a plain definition", () => {
    const { chain: parsed } = parseChain({ id: "c", tasks: [{ id: "a", handler: "noop" }] });
    expect({ ...parsed }).toStrictEqual({
      id: "c",
      tasks: [{ id: "a", handler: "noop", transition: { branches: [] } }],
    });
  });
});
