import { describe, expect, test } from "vitest";
import { decodeChain } from "./decode-chain.ts";
import { canonicalHandler, wireName } from "./spelling.ts";

function first(task: object) {
  return decodeChain({ id: "c", tasks: [{ id: "a", handler: "noop", ...task }] });
}

describe("names of fields", () => {
  test("are written in snake case", () => {
    expect(["id", "promptTemplate", "topP", "retryOnFailure", "goto"].map(wireName)).toEqual([
      "id",
      "prompt_template",
      "top_p",
      "retry_on_failure",
      "goto",
    ]);
  });

  test.each([
    "prompt_template",
    "promptTemplate",
    "PROMPT_TEMPLATE",
    "Prompt_Template",
    "prompttemplate",
    "PromptTemplate",
  ])("are read as %s", (name) => {
    const { definition, findings } = first({ [name]: "T" });
    expect(definition?.tasks[0]?.promptTemplate).toBe("T");
    expect(findings).toEqual([]);
  });

  test("win by exactness, whatever their order, and what loses is kept", () => {
    const spellings = { PROMPTTEMPLATE: "loose", promptTemplate: "camel", prompt_template: "exact" };
    const { definition, findings } = first(spellings);
    expect(definition?.tasks[0]?.promptTemplate).toBe("exact");
    expect(definition?.tasks[0]?.extra).toEqual({ PROMPTTEMPLATE: "loose", promptTemplate: "camel" });
    expect(findings.map(({ path }) => path)).toEqual(["$.tasks[0].PROMPTTEMPLATE", "$.tasks[0].promptTemplate"]);
    expect(first({ PROMPTTEMPLATE: "loose", promptTemplate: "camel" }).definition?.tasks[0]?.promptTemplate).toBe(
      "camel",
    );
  });
});

describe("names of handlers", () => {
  test.each([
    ["prompt_to_string", "raw_string"],
    ["prompt_to_condition", "condition_key"],
    ["prompt_to_int", "parse_number"],
    ["prompt_to_float", "parse_score"],
    ["prompt_to_range", "parse_range"],
    ["text_to_embedding", "embedding"],
    ["chat_completion", "model_execution"],
    ["parse_command", "parse_transition"],
    ["tools", "hook"],
    ["raw_string", "raw_string"],
    ["my_own", "my_own"],
    ["Noop", "Noop"],
  ])("%s is %s", (given, canonical) => {
    expect(canonicalHandler(given)).toBe(canonical);
    expect(first({ handler: given }).definition?.tasks[0]?.handler).toBe(canonical);
  });
});

describe("the block of a hook", () => {
  test("is read under its later name too, with what it has more", () => {
    const { definition } = first({ handler: "tools", tools: { name: "mail", tool_name: "send", args: { to: "x" } } });
    expect(definition?.tasks[0]?.hook).toEqual({ name: "mail", args: { to: "x" }, extra: { tool_name: "send" } });
  });

  test("is taken under its own name where both are there", () => {
    const { definition } = first({ tools: { name: "later" }, hook: { name: "own" } });
    expect(definition?.tasks[0]?.hook?.name).toBe("own");
  });

  test("is no list of tools", () => {
    const { definition, findings } = first({ tools: ["a"] });
    expect(definition?.tasks[0]).toMatchObject({ extra: { tools: ["a"] } });
    expect(findings).toMatchObject([{ code: "unknown_field", path: "$.tasks[0].tools" }]);
  });

  test("is not looked for outside a task", () => {
    const { definition } = first({ execute_config: { tools: { a: 1 } } });
    expect(definition?.tasks[0]?.executeConfig).toEqual({ extra: { tools: { a: 1 } } });
  });
});
