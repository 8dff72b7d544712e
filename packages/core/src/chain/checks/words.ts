import { FAILURE_CLASSES } from "../../errors/failure-class.ts";
import { DATA_TYPES } from "../../value/data-type.ts";
import { suggest } from "../../value/suggest.ts";
import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { COMPOSE_STRATEGIES, OPERATORS, type RetryPolicy } from "../chain.ts";
import type { Finding, FindingCode } from "../finding.ts";
import { memberPath } from "../json-path.ts";

/** Words where only a few are known: operators, strategies of compose, data types, kinds of failure. */
export function checkWords({ definition, tasks }: ChainFacts): readonly Finding[] {
  const input = typeof definition.input === "string" ? dataType(definition.input, "$.input") : [];
  const variables = Object.entries(definition.variables ?? {}).flatMap(([name, type]) =>
    dataType(type, memberPath("$.variables", name)),
  );
  return [...input, ...variables, ...tasks.flatMap(wordsOfTask)];
}

function wordsOfTask({ task, path, severity }: TaskFacts): readonly Finding[] {
  const operators = task.transition.branches.flatMap(({ operator, when }, index) =>
    check(operator, OPERATORS, {
      severity,
      code: "unknown_operator",
      path: `${memberPath(`${path}.transition.branches`, index)}.operator`,
      noun: "an operator",
      advice: ADVICE.get(MEANT.get(operator) ?? "")?.(operator, when),
    }),
  );
  const strategy = task.compose?.strategy;
  const strategies =
    strategy === undefined
      ? []
      : check(strategy, COMPOSE_STRATEGIES, {
          severity,
          code: "unknown_strategy",
          path: `${path}.compose.strategy`,
          noun: "a strategy",
        });
  const failures = (task.retry?.on ?? []).flatMap((failure, index) =>
    check(failure, FAILURE_CLASSES, {
      severity,
      code: "unknown_failure_class",
      path: memberPath(`${path}.retry.on`, index),
      noun: "a kind of failure",
    }),
  );
  return [...operators, ...strategies, ...failures, ...noFailures(task.retry, `${path}.retry.on`)];
}

/** A list without a word is none of them, and not all. */
function noFailures(retry: RetryPolicy | undefined, path: string): readonly Finding[] {
  if (retry?.on?.length !== 0) return [];
  const message =
    "expected at least one kind of failure, got none, so it is never tried again; leave `on` out to try again whatever can pass";
  return [{ severity: "warning", code: "missing_field", path, message }];
}

function dataType(name: string, path: string): readonly Finding[] {
  return check(name, DATA_TYPES, { severity: "error", code: "unknown_data_type", path, noun: "a data type" });
}

interface WordFault {
  readonly severity: Finding["severity"];
  readonly code: FindingCode;
  readonly path: string;
  readonly noun: string;
  /** What to do where no other word says the same. */
  readonly advice?: string | undefined;
}

function check(word: string, known: readonly string[], fault: WordFault): readonly Finding[] {
  if (known.includes(word)) return [];
  const { severity, code, path, noun, advice } = fault;
  const came = word === "" ? "nothing" : `\`${word}\``;
  const suggestion = MEANT.get(word) ?? suggest(word, known);
  const message = `expected ${noun} (${known.join(", ")}), got ${came}${advice === undefined ? "" : `; ${advice}`}`;
  return [{ severity, code, path, message, ...(suggestion !== undefined && { suggestion }) }];
}

/** What people write who know other languages. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ["=", "equals"],
  ["==", "equals"],
  ["===", "equals"],
  ["eq", "equals"],
  ["is", "equals"],
  ...[">=", "≥", "gte", "ge", "<=", "≤", "lte", "le", "between"].map((word) => [word, "in_range"] as const),
  ...["!=", "!==", "<>", "≠", "ne", "neq", "not_equals", "not"].map((word) => [word, "default"] as const),
  ...["else", "otherwise", "*"].map((word) => [word, "default"] as const),
]);

/** What else is to be written, where another operator says the same only in other words. */
const ADVICE: ReadonlyMap<string, (operator: string, when: string) => string | undefined> = new Map([
  [
    "in_range",
    (operator: string, when: string) => {
      if (operator === "between") return undefined;
      const range = /^[<≤l]/.test(operator) ? `-inf to ${when}` : `${when}-inf`;
      return `write it as the range \`${range}\``;
    },
  ],
  [
    "default",
    (operator: string, when: string) =>
      /^(?:!|<>|≠|n)/.test(operator)
        ? `lead \`${when}\` on by \`equals\` in a branch before, and everything else by \`default\``
        : undefined,
  ],
]);
