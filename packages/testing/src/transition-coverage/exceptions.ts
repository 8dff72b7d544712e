import { CatenaryError } from "@catenary/core";
import { checkOptions } from "../check-options.ts";
import { describeValue } from "../describe-value.ts";
import { didYouMean } from "../did-you-mean.ts";
import type { Counted, CountedTransition } from "./counted.ts";

const NAMES = ["except"];

/**
 * The exceptions of `assertComplete`.
 *
 * @param known What there is: tasks and transitions.
 * @throws CatenaryError `settings_invalid` where they are no list of names; `coverage_unknown` where the chain does not have one.
 */
export function readExceptions(options: unknown, known: readonly string[]): readonly string[] {
  checkOptions("assertComplete()", options, NAMES);
  // Safe: it is an object.
  const { except = [] } = options as { readonly except?: unknown };
  if (!isNames(except)) {
    throw new CatenaryError(
      "settings_invalid",
      `\`except\` of assertComplete() is a list of names: except: ["page: on_failure"]; got ${describeValue(except)}`,
    );
  }
  const unknown = except.find((name) => !known.includes(name));
  if (unknown === undefined) return except;
  throw new CatenaryError(
    "coverage_unknown",
    `assertComplete() excepts ${JSON.stringify(unknown)}, which the chain does not have; it has: ${known.join("; ")}${didYouMean(unknown, known)}`,
  );
}

function isNames(except: unknown): except is readonly string[] {
  return Array.isArray(except) && except.every((name) => typeof name === "string");
}

/** What no run took and no exception names, and the first exception that excuses nothing. */
export function judgeCompleteness(
  tasks: readonly Counted[],
  transitions: readonly CountedTransition[],
  except: readonly string[],
): { readonly missing: readonly string[]; readonly stale: string | undefined } {
  const never = [
    ...tasks.map(({ name, count }) => ({ count, line: `task ${name}`, names: [name] })),
    ...transitions.map(({ name, from, to, count }) => ({ count, line: `${name} → ${to}`, names: [name, from] })),
  ].filter(({ count }) => count === 0);
  return {
    missing: never.filter(({ names }) => !names.some((name) => except.includes(name))).map(({ line }) => line),
    stale: except.find((exception) => !never.some(({ names }) => names.includes(exception))),
  };
}

/** For an exception that excuses nothing any more: left in, it would excuse what a later change leaves untested. */
export function staleException(chainId: string, name: string): CatenaryError {
  return new CatenaryError(
    "coverage_stale",
    `assertComplete() of ${chainId} excepts ${JSON.stringify(name)}, and nothing of it is missing: take it out of \`except\``,
    { details: { chainId, name } },
  );
}
