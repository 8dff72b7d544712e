import {
  type CorpusChain,
  hook,
  key,
  noop,
  one,
  other,
  place,
  type SoundChain,
  text,
  to,
  when,
} from "./chain-parts.ts";

const giving = (output: object) => ({ ...text, output });
const chain = (...tasks: readonly object[]) => ({
  id: "c",
  tasks: tasks.map((task, index) => ({ id: "abcd"[index], ...noop, ...task })),
});
const branches = (task: object, ...ways: readonly object[]) => ({ ...task, transition: { branches: ways } });
const failing = (task: object, target: string) => ({ ...task, transition: { on_failure: target, branches: [] } });

/** Ways that runs cannot take, that they take for ever, and that are missing. */
export const ROUTES: readonly CorpusChain[] = [
  {
    name: "a condition that no branch takes",
    chain: chain(branches(key, when("yes", "b")), {}),
    expected: ["warning unmatched_outcome $.tasks[0].transition.branches"],
  },
  {
    name: "a condition that is misspelt in its branch, and another that no branch takes",
    chain: chain(branches(key, when("Yes", "b")), {}),
    expected: [
      `warning impossible_outcome ${place(0, ".when")}`,
      "warning unmatched_outcome $.tasks[0].transition.branches",
      "warning unreachable_task $.tasks[1]",
    ],
  },
  {
    name: "a noop that is compared with an answer, and no default",
    chain: one(branches(noop, when("ok", "end"))),
    expected: [
      `warning impossible_outcome ${place(0, ".when")}`,
      "warning unmatched_outcome $.tasks[0].transition.branches",
    ],
  },
  {
    name: "a hook that is only led on as if a word came of it",
    chain: one(branches({ ...hook, hook: { name: "h" } }, { operator: "contains", when: "paid", goto: "end" })),
    expected: [
      `warning impossible_outcome ${place(0, ".when")}`,
      "warning unmatched_outcome $.tasks[0].transition.branches",
    ],
  },
  {
    name: "a word of an output schema that is misspelt in its branch",
    chain: one(branches(giving({ enum: ["pay", "refuse"] }), when("payy", "end"), other)),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a word of an output schema that no branch takes",
    chain: one(branches(giving({ type: "string", enum: ["p", "q"] }), when("p", "end"))),
    expected: ["warning unmatched_outcome $.tasks[0].transition.branches"],
  },
  {
    name: "an object that is compared with a word of it",
    chain: one(branches(giving({ type: "object" }), when("p", "end"), other)),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "an object that is compared with a number",
    chain: one(branches(giving({ type: "object" }), { operator: ">", when: "5", goto: "end" }, other)),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a boolean that is compared with yes",
    chain: one(branches(giving({ type: "boolean" }), when("yes", "end"), other)),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a boolean or null, of which only true is taken",
    chain: one(branches(giving({ anyOf: [{ type: "boolean" }, { type: "null" }] }), when("true", "end"))),
    expected: ["warning unmatched_outcome $.tasks[0].transition.branches"],
  },
  {
    name: "a whole number that is compared with a word",
    chain: one(branches(giving({ type: "integer" }), when("high", "end"), other)),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a number that is compared with another spelling of itself",
    chain: one(branches(giving({ type: ["number", "null"] }), when("5.50", "end"), when("ok", "end"), other)),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a condition that only a branch of an unknown operator may take, which is one fault",
    chain: one(branches(key, when("yes", "end"), { operator: "is", when: "no", goto: "end" })),
    expected: [`error unknown_operator ${place(1, ".operator")}`],
  },
  {
    name: "a task that only a task leads to which never succeeds",
    chain: chain(branches({ handler: "raise_error" }, { operator: "default", goto: "b" }), {}),
    expected: [`warning unreachable_branch ${place(0)}`, "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "a fault in a task that only an impossible outcome leads to",
    chain: chain(branches(key, when("maybe", "b"), other), { timeout: "soon" }),
    expected: [
      "warning invalid_duration $.tasks[1].timeout",
      `warning impossible_outcome ${place(0, ".when")}`,
      "warning unreachable_task $.tasks[1]",
    ],
  },
  {
    name: "a task that only a second default leads to",
    chain: chain(branches(noop, other, { operator: "default", goto: "b" }), {}),
    expected: [`warning unreachable_branch ${place(1)}`, "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "a variable that is only set on a way that is never taken",
    chain: chain(
      branches(key, when("maybe", "b"), { operator: "default", goto: "c" }),
      { transition: to("c") },
      { prompt_template: "{{.b}}" },
    ),
    expected: [
      `warning impossible_outcome ${place(0, ".when")}`,
      "warning unknown_variable $.tasks[2].prompt_template",
      "warning unreachable_task $.tasks[1]",
    ],
  },
  {
    name: "a cycle that only an impossible outcome leaves",
    chain: one(branches(key, when("maybe", "end"), { operator: "default", goto: "a" })),
    expected: [`warning impossible_outcome ${place(0, ".when")}`, "warning unbounded_cycle $.tasks[0]"],
  },
  {
    name: "a task that goes to itself whenever it fails",
    chain: one(failing(text, "a")),
    expected: ["warning unbounded_cycle $.tasks[0].transition.on_failure"],
  },
  {
    name: "two tasks that go to each other whenever they fail",
    chain: chain({ transition: to("b") }, failing(text, "c"), failing(text, "b")),
    expected: ["warning unbounded_cycle $.tasks[1].transition.on_failure"],
  },
  {
    name: "a task that never succeeds and goes to itself, which is one fault",
    chain: one(failing({ handler: "raise_error" }, "a")),
    expected: ["warning unbounded_cycle $.tasks[0]"],
  },
];

/** The same, with a way out. */
export const SOUND_ROUTES: readonly SoundChain[] = [
  { name: "all conditions led on", chain: one(branches(key, when("yes", "end"), when("no", "end"))) },
  { name: "conditions led on by their booleans", chain: one(branches(key, when("true", "end"), when("false", "end"))) },
  {
    name: "a condition that is led on as a failure",
    chain: chain({ ...key, transition: { on_failure: "b", branches: [when("yes", "end")] } }, {}),
  },
  { name: "outcomes that are not known", chain: one(branches(text, when("yes", "end"))) },
  {
    name: "a task that is tried again after its failure was told",
    chain: chain(failing(text, "b"), { transition: to("a") }),
  },
  {
    name: "a task that fails as it is meant to, into one that ends",
    chain: chain(failing({ handler: "raise_error" }, "b"), {}),
  },
];
