import { FAILURE_CLASSES } from "../../errors/failure-class.ts";
import { DATA_TYPES } from "../../value/data-type.ts";
import { suggest } from "../../value/suggest.ts";
import type { ChainFacts, TaskFacts } from "../analysis/chain-facts.ts";
import { COMPOSE_STRATEGIES, OPERATORS } from "../chain.ts";
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
  const operators = task.transition.branches.flatMap(({ operator }, index) =>
    check(operator, OPERATORS, {
      severity,
      code: "unknown_operator",
      path: `${memberPath(`${path}.transition.branches`, index)}.operator`,
      noun: "an operator",
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
  return [...operators, ...strategies, ...failures];
}

function dataType(name: string, path: string): readonly Finding[] {
  return check(name, DATA_TYPES, { severity: "error", code: "unknown_data_type", path, noun: "a data type" });
}

interface WordFault {
  readonly severity: Finding["severity"];
  readonly code: FindingCode;
  readonly path: string;
  readonly noun: string;
}

function check(word: string, known: readonly string[], fault: WordFault): readonly Finding[] {
  if (known.includes(word)) return [];
  const { severity, code, path, noun } = fault;
  const came = word === "" ? "nothing" : `\`${word}\``;
  const suggestion = MEANT.get(word) ?? suggest(word, known);
  const message = `expected ${noun} (${known.join(", ")}), got ${came}`;
  return [{ severity, code, path, message, ...(suggestion !== undefined && { suggestion }) }];
}

/** What people write who know other languages. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ["=", "equals"],
  ["==", "equals"],
  ["===", "equals"],
  ["eq", "equals"],
]);
