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
  unreached,
  when,
} from "./chain-parts.ts";

/** A chain of one task with these branches. */
const branches = (task: object, ...ways: readonly object[]) => one({ ...task, transition: { branches: ways } });

/** Branches that no run takes. */
export const BRANCHES: readonly CorpusChain[] = [
  {
    name: "a word that is no condition",
    chain: branches(key, when("maybe", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a condition in another case",
    chain: branches(key, when("Yes", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a condition compared as a number",
    chain: branches(key, { operator: ">", when: "0", goto: "end" }, other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "the output of a noop, which only reports that it is one",
    chain: branches(noop, when("yes", "end"), { operator: "in_range", when: "1-10", goto: "end" }, other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`, `warning impossible_outcome ${place(1, ".when")}`],
  },
  {
    name: "an answer of a hook, which only reports that it answered",
    chain: branches({ ...hook, hook: { name: "h" } }, { operator: "contains", when: "paid", goto: "end" }, other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a condition that is text, and a branch on it, which is one fault",
    chain: branches({ ...key, valid_conditions: { yes: true, no: "false" } }, when("yes", "end"), when("no", "end")),
    expected: ["error wrong_type $.tasks[0].valid_conditions.no"],
  },
  {
    name: "a range from high to low where no number is reported, which is one fault",
    chain: branches(noop, { operator: "in_range", when: "10-1", goto: "end" }, other),
    expected: [`warning invalid_number ${place(0, ".when")}`],
  },
  {
    name: "a branch of a task that never succeeds",
    chain: branches({ handler: "raise_error" }, when("x", "end"), other),
    expected: [`warning unreachable_branch ${place(0)}`, `warning unreachable_branch ${place(1)}`],
  },
  {
    name: "a word where a number is reported",
    chain: branches({ handler: "parse_number" }, when("seven", "end"), when("7.0", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`, `warning impossible_outcome ${place(1, ".when")}`],
  },
  {
    name: "a word where a score is reported",
    chain: branches(
      { handler: "parse_score" },
      when("high", "end"),
      { operator: "contains", when: "%", goto: "end" },
      other,
    ),
    expected: [`warning impossible_outcome ${place(0, ".when")}`, `warning impossible_outcome ${place(1, ".when")}`],
  },
  {
    name: "a reply with blanks, which are trimmed",
    chain: branches(text, when("yes ", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a command with what follows it",
    chain: branches({ handler: "parse_transition" }, when("help me", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "a command with its slash",
    chain: branches({ handler: "parse_transition" }, when("/help", "end"), when("pass", "end"), other),
    expected: [`warning impossible_outcome ${place(0, ".when")}`],
  },
  {
    name: "the same branch twice",
    chain: branches(text, when("yes", "end"), when("yes", "a"), other),
    expected: [`warning unreachable_branch ${place(1)}`],
  },
  {
    name: "one operator in two spellings",
    chain: branches(text, { operator: ">", when: "5", goto: "end" }, { operator: "gt", when: "5", goto: "a" }, other),
    expected: [`warning unreachable_branch ${place(1)}`],
  },
  { name: "two defaults", chain: branches(text, other, other), expected: [`warning unreachable_branch ${place(1)}`] },
  {
    name: "a wide text before a narrow one",
    chain: branches(text, { operator: "contains", when: "yes", goto: "end" }, when("yes please", "a"), other),
    expected: [`warning unreachable_branch ${place(1)}`],
  },
  {
    name: "a wide range before a narrow one",
    chain: branches(
      { handler: "parse_score" },
      { operator: "<", when: "8", goto: "end" },
      { operator: "in_range", when: "1-5", goto: "a" },
      other,
    ),
    expected: [`warning unreachable_branch ${place(1)}`],
  },
  {
    name: "what contains nothing, before everything",
    chain: branches(text, { operator: "contains", when: "", goto: "end" }, when("yes", "a"), {
      operator: "default",
      goto: "a",
    }),
    expected: [`warning unreachable_branch ${place(1)}`, `warning unreachable_branch ${place(2)}`],
  },
  {
    name: "the boolean of conditions whose words are taken",
    chain: branches(
      { ...key, valid_conditions: { yes: true, sure: true, no: false } },
      when("yes", "end"),
      when("sure", "a"),
      when("true", "a"),
      other,
    ),
    expected: [`warning unreachable_branch ${place(2)}`],
  },
  {
    name: "a branch of a task that no run comes to",
    chain: unreached({ transition: { branches: [other, other] } }),
    expected: ["warning unreachable_branch $.tasks[1].transition.branches[1]", "warning unreachable_task $.tasks[1]"],
  },
];

/** Branches that are right, although something about them is odd. */
export const SOUND_BRANCHES: readonly SoundChain[] = [
  { name: "the boolean of a condition", chain: branches(key, when("true", "end"), when("no", "end")) },
  {
    name: "a part of a condition",
    chain: branches(key, { operator: "starts_with", when: "y", goto: "end" }, other),
  },
  { name: "a default before the others", chain: branches(text, other, when("yes", "end")) },
  {
    name: "a narrow text before a wide one",
    chain: branches(text, when("yes please", "end"), { operator: "contains", when: "yes", goto: "end" }, other),
  },
  {
    name: "a score in other digits",
    chain: branches({ handler: "parse_score" }, when("7", "end"), when("7.00", "end"), other),
  },
  {
    name: "a rendered answer of a hook",
    chain: branches({ ...hook, hook: { name: "h" }, output_template: "{{.state}}" }, when("paid", "end"), other),
  },
];
