import { branch, type CorpusChain, one, unreached } from "./chain-parts.ts";

/** Durations, limits and counts that are none, or that nothing can keep. */
export const NUMBERS: readonly CorpusChain[] = [
  {
    name: "a timeout in words",
    chain: one({ timeout: "soon" }),
    expected: ["error invalid_duration $.tasks[0].timeout"],
  },
  {
    name: "a deadline of model calls that is none, of a task and of the chain",
    chain: one(
      { execute_config: { routing: { deadline: "soon" } } },
      { execute_config: { routing: { deadline: "-1s" } } },
    ),
    expected: [
      "error invalid_duration $.execute_config.routing.deadline",
      "error invalid_duration $.tasks[0].execute_config.routing.deadline",
      "warning unused_field $.tasks[0].execute_config",
    ],
  },
  {
    name: "a timeout without a unit",
    chain: one({ timeout: "30" }),
    expected: ["error invalid_duration $.tasks[0].timeout"],
  },
  {
    name: "a negative timeout",
    chain: one({ timeout: "-1s" }),
    expected: ["error invalid_duration $.tasks[0].timeout"],
  },
  {
    name: "a pause that cannot be read",
    chain: one({ retry: { max: 2, backoff: "1 s" } }),
    expected: ["error invalid_duration $.tasks[0].retry.backoff"],
  },
  {
    name: "negative retries",
    chain: one({ retry_on_failure: -2, retry: { max: -1 } }),
    expected: ["warning negative_retry $.tasks[0].retry_on_failure", "warning negative_retry $.tasks[0].retry.max"],
  },
  {
    name: "negative retries where no run comes to them",
    chain: unreached({ retry_on_failure: -1 }),
    expected: ["warning negative_retry $.tasks[1].retry_on_failure", "warning unreachable_task $.tasks[1]"],
  },
  {
    name: "a negative token limit",
    chain: one({}, { token_limit: -1 }),
    expected: ["warning invalid_number $.token_limit"],
  },
  {
    name: "no attempts at all",
    chain: one({}, { execute_config: { routing: { attempts: 0 }, max_tokens: -5 } }),
    expected: [
      "warning invalid_number $.execute_config.max_tokens",
      "warning invalid_number $.execute_config.routing.attempts",
    ],
  },
  {
    name: "a comparison with a word",
    chain: branch({ operator: ">", when: "seven", goto: "end" }),
    expected: ["warning invalid_number $.tasks[0].transition.branches[0].when"],
  },
  {
    name: "a range with one bound",
    chain: branch({ operator: "in_range", when: "7", goto: "end" }),
    expected: ["warning invalid_number $.tasks[0].transition.branches[0].when"],
  },
  {
    name: "a range from high to low",
    chain: branch({ operator: "in_range", when: "10-1", goto: "end" }),
    expected: ["warning invalid_number $.tasks[0].transition.branches[0].when"],
  },
  {
    name: "a pause between attempts that are never made",
    chain: one({ retry: { backoff: "1s" } }),
    expected: ["warning missing_field $.tasks[0].retry.max"],
  },
  {
    name: "numbers that no model takes",
    chain: one({ handler: "raw_string", execute_config: { temperature: -0.5 } }, { execute_config: { top_p: 1.5 } }),
    expected: [
      "warning invalid_number $.execute_config.top_p",
      "warning invalid_number $.tasks[0].execute_config.temperature",
    ],
  },
];
