import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type ChainInvalidError, defineChain, type Finding, validateChain } from "@catenary/core";
import { expect, test } from "vitest";
import { FINDING_CODES } from "../packages/core/src/chain/finding.ts";

const page = readFileSync(fileURLToPath(new URL("findings.md", import.meta.url)), "utf8");
const sections = page
  .split(/^### /m)
  .slice(1)
  .map((text) => {
    const code = text.slice(0, text.indexOf("\n"));
    return { code, text, example: /^```json\n([\s\S]*?)^```$/m.exec(text)?.[1] ?? "" };
  });

/** As the page says that its examples are read. */
const known = {
  hooks: new Set(["notify"]),
  policies: new Set(["random"]),
  groups: new Set(["legal"]),
  models: new Set(["llama3:8b"]),
};

/** Too long for the page. */
const LONG = {
  id: "c",
  tasks: Array.from({ length: 1001 }, (_, index) => ({
    id: `task_${index}`,
    handler: "noop",
    transition: { branches: [{ operator: "default", goto: index < 1000 ? `task_${index + 1}` : "end" }] },
  })),
};

/** What is said about an example: tasks by id are for `defineChain`, everything else is JSON. */
function findingsOf(example: string): readonly Finding[] {
  const chain = example === "" ? LONG : JSON.parse(example);
  if (Array.isArray(chain) || Array.isArray(chain.tasks)) return validateChain(chain, known);
  try {
    defineChain(chain);
    return [];
  } catch (error) {
    // Safe: it throws nothing else.
    return (error as ChainInvalidError).findings;
  }
}

test("the page has a section for every code, and for no other", () => {
  expect(sections.map(({ code }) => code).toSorted()).toEqual(FINDING_CODES.toSorted());
});

/** Where the finding of each example is. The page says its severity in the first word of the section. */
const PATHS: Readonly<Record<string, string>> = {
  not_an_object: "$",
  wrong_type: "$.tasks[0].timeout",
  unknown_field: "$.tasks[0].prompt_tempalte",
  missing_field: "$.tasks[0].valid_conditions",
  no_tasks: "$.tasks",
  unused_field: "$.tasks[0].system_instruction",
  empty_task_id: "$.tasks[0].id",
  reserved_task_id: "$.tasks[0].id",
  duplicate_task_id: "$.tasks[1].id",
  integer_task_id: '$.tasks["1"]',
  unknown_handler: "$.tasks[0].handler",
  unknown_operator: "$.tasks[0].transition.branches[0].operator",
  unknown_strategy: "$.tasks[0].compose.strategy",
  unknown_data_type: "$.input",
  unknown_failure_class: "$.tasks[0].retry.on[0]",
  unknown_target: "$.tasks[0].transition.on_failure",
  unknown_variable: "$.tasks[0].prompt_template",
  shadowed_variable: "$.variables.input",
  unknown_property: "$.tasks[0].prompt_template",
  unknown_policy: "$.execute_config.routing.policy",
  unknown_group: "$.execute_config.routing.group",
  unknown_hook: "$.tasks[0].hook.name",
  unknown_model: "$.tasks[0].execute_config.model",
  invalid_template: "$.tasks[0].prompt_template",
  invalid_duration: "$.tasks[0].timeout",
  invalid_number: "$.tasks[0].transition.branches[0].when",
  invalid_schema: "$.input.type",
  unknown_keyword: "$.output.requierd",
  impossible_schema: "$.output.properties.level",
  negative_retry: "$.tasks[0].retry_on_failure",
  type_mismatch: "$.tasks[1]",
  contract_mismatch: "$.tasks[0]",
  ambiguous_condition: "$.tasks[0].valid_conditions.Yes",
  impossible_outcome: "$.tasks[0].transition.branches[0].when",
  unmatched_outcome: "$.tasks[0].transition.branches",
  unreachable_branch: "$.tasks[0].transition.branches[1]",
  unreachable_task: "$.tasks[1]",
  unbounded_cycle: "$.tasks[0]",
  task_cannot_end: "$.tasks[0]",
  partly_checked: "$.tasks",
};

test.each(sections)(
  "the example of $code has that finding, at its place, as severe as the page says, and no other",
  ({ code, text, example }) => {
    const severity = /^\w+\n\n(Error|Warning)\b/.exec(text)?.[1]?.toLowerCase();
    expect(findingsOf(example).map(({ severity, code, path }) => `${severity} ${code} ${path}`)).toEqual([
      `${severity} ${code} ${PATHS[code]}`,
    ]);
  },
);
