import { CatenaryError } from "../errors/catenary-error.ts";
import { describeKind } from "../value/describe-kind.ts";
import { suggest } from "../value/suggest.ts";
import type { BackendRouting } from "./backend-routing.ts";

interface Rule {
  readonly expected: string;
  readonly holds: (value: number) => boolean;
}

const ANY: Rule = { expected: "a number", holds: Number.isFinite };
const NOT_NEGATIVE: Rule = {
  expected: "a number of at least 0",
  holds: (value) => Number.isFinite(value) && value >= 0,
};
const POSITIVE: Rule = { expected: "a number above 0", holds: (value) => Number.isFinite(value) && value > 0 };
/** With less than one in a minute no call could ever begin. */
const AT_LEAST_ONE: Rule = {
  expected: "a number of at least 1",
  holds: (value) => Number.isFinite(value) && value >= 1,
};
const COUNT: Rule = {
  expected: "a whole number of at least 0",
  holds: (value) => Number.isInteger(value) && value >= 0,
};
const PLACES: Rule = { expected: "a whole number above 0", holds: (value) => Number.isInteger(value) && value > 0 };
const SHARE: Rule = { expected: "a number from 0 to 1", holds: (value) => value >= 0 && value <= 1 };

const RULES: Readonly<Record<keyof BackendRouting, Rule>> = {
  priority: ANY,
  weight: NOT_NEGATIVE,
  concurrency: PLACES,
  queueLength: COUNT,
  queueTimeoutMs: NOT_NEGATIVE,
  requestsPerMinute: AT_LEAST_ONE,
  tokensPerMinute: POSITIVE,
  firstTokenTimeoutMs: NOT_NEGATIVE,
  idleTimeoutMs: NOT_NEGATIVE,
  progressTimeoutMs: NOT_NEGATIVE,
  answerTimeoutMs: NOT_NEGATIVE,
  listTimeoutMs: NOT_NEGATIVE,
  spillAt: SHARE,
};

/** What is wrong with what was given as a backend's routing: which part, what it expects and what it is. Undefined: nothing. */
export function problemWithRouting(routing: unknown): string | undefined {
  if (routing === undefined) return undefined;
  if (typeof routing !== "object" || routing === null || Array.isArray(routing)) {
    return `\`routing\` is an object such as { concurrency: 2 }; got ${describeKind(routing)}`;
  }
  for (const [name, value] of Object.entries(routing)) {
    const rule = Object.hasOwn(RULES, name) ? RULES[name as keyof BackendRouting] : undefined;
    if (rule === undefined) {
      const names = Object.keys(RULES);
      const meant = suggest(name, names);
      return `\`routing\` has no \`${name}\`; ${meant === undefined ? `it has ${names.join(", ")}` : `did you mean ${meant}?`}`;
    }
    if (value === undefined || (typeof value === "number" && rule.holds(value))) continue;
    return `\`routing.${name}\` is ${rule.expected}; got ${typeof value === "number" ? value : describeKind(value)}`;
  }
  return undefined;
}

/**
 * For adapters: refuses a `routing` setting that is none, when the backend is made.
 *
 * @throws CatenaryError `settings_invalid`
 */
export function checkBackendRouting(backend: string, routing: unknown): void {
  const problem = problemWithRouting(routing);
  if (problem === undefined) return;
  throw new CatenaryError("settings_invalid", `the settings of the backend ${JSON.stringify(backend)}: ${problem}`, {
    details: { backend },
  });
}
