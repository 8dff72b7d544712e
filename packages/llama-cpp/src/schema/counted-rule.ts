import type { GrammarRules } from "./grammar-rules.ts";
import { keyOf, type Next, nextSteps, type Rest } from "./next-steps.ts";
import type { Pattern } from "./pattern.ts";
import { SchemaError } from "./schema-error.ts";

/** Longer texts are not counted, nor those that need more rules: llama.cpp reads all of them at each call. */
const LONGEST = 500;
const MOST_RULES = 10_000;

/**
 * The rule for texts of a pattern with so many characters: one for each place in the pattern and number of characters before it.
 * Undefined where these would be too many.
 *
 * @throws SchemaError where no text of the pattern has so many.
 */
export function countedRule(
  pattern: Pattern,
  [least, most]: readonly [least: number, most: number],
  path: string,
  rules: GrammarRules,
): string | undefined {
  const last = most === Number.POSITIVE_INFINITY ? least : most;
  if (last > LONGEST) return undefined;
  const first = rules.reserve();
  const names = new Map<string, string | undefined>();
  const bodies = new Map<string, string>();

  const known = new Map<string, Next>();
  const stepsOf = (rest: Rest): Next => {
    const next = known.get(keyOf(rest)) ?? nextSteps(rest);
    known.set(keyOf(rest), next);
    return next;
  };

  /** Undefined where no text ends well from here. */
  const ruleOf = (rest: Rest, used: number): string | undefined => {
    const key = `${used}: ${keyOf(rest)}`;
    if (names.has(key) || names.size > MOST_RULES) return names.get(key);
    const name = names.size === 0 ? first : `${first}-${names.size}`;
    // Before its body is made: where nothing is counted any longer it may lead back to itself.
    names.set(key, name);
    const { steps, mayEnd } = stepsOf(rest);
    const choices = steps.flatMap((step) => {
      if (used + 1 + step.least > most) return [];
      const after = ruleOf(step.rest, Math.min(used + 1, last));
      return after === undefined ? [] : [`${step.rule} ${after}`];
    });
    if (mayEnd && used >= least) choices.push('""');
    if (choices.length === 0) names.set(key, undefined);
    else bodies.set(name, [...new Set(choices)].join(" | "));
    return names.get(key);
  };
  const isPossible = ruleOf([pattern], 0) !== undefined;
  if (names.size > MOST_RULES) {
    rules.define(first, '""');
    return undefined;
  }
  if (!isPossible) {
    throw new SchemaError(path, `allows no string: none that its pattern matches has ${least} to ${most} characters`);
  }
  for (const [name, body] of bodies) rules.define(name, body);
  return first;
}
