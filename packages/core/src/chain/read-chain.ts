import type { CheckOptions } from "./analysis/chain-facts.ts";
import { checkChain } from "./check-chain.ts";
import { isChain } from "./create-chain.ts";
import type { FindingCode } from "./finding.ts";
import { type DecodedChain, decodeChain } from "./wire/decode-chain.ts";

/** What is said about how tasks follow each other: worthless where a transition could not be read. */
const ABOUT_THE_GRAPH: ReadonlySet<FindingCode> = new Set([
  "unreachable_branch",
  "unreachable_task",
  "unbounded_cycle",
  "task_cannot_end",
  "unknown_variable",
]);

/** What is concluded from several parts: worthless where any part could not be read, because it is left out then. */
const ABOUT_THE_WHOLE: ReadonlySet<FindingCode> = new Set([
  "impossible_outcome",
  "type_mismatch",
  "contract_mismatch",
  "unknown_property",
]);

const GRAPH_PART = /^\$\.tasks(\[\d+\](\.id|\.transition.*)?)?$/;

/** Decodes a chain and checks all that was decoded, so that one pass names every fault. */
export function readChain(json: unknown, options: CheckOptions = {}): DecodedChain {
  const { definition, findings } = decodeChain(isChain(json) ? json.toJSON() : json);
  if (definition === undefined) return { findings };
  const misread = new Set(findings.filter(({ severity }) => severity === "error").map(({ path }) => path));
  // What is wrong with a value that is not there is no news either.
  const told = new Set([
    ...misread,
    ...findings.filter(({ code }) => code === "missing_field").map(({ path }) => path),
  ]);
  const isGraphWhole = ![...misread].some((path) => GRAPH_PART.test(path));
  const checked = checkChain(definition, options).filter(({ code, path }) => {
    // What has the wrong type was left out; that it is missing then is no news.
    if (!isGraphWhole && ABOUT_THE_GRAPH.has(code)) return false;
    if (misread.size > 0 && ABOUT_THE_WHOLE.has(code)) return false;
    return !pathsAbove(path).some((above) => told.has(above));
  });
  return { definition, findings: [...findings, ...checked] };
}

/** The path itself and those of everything it is in. */
function pathsAbove(path: string): readonly string[] {
  const ends = [...path.matchAll(/[.[]/g)].map(({ index }) => path.slice(0, index));
  return [...ends, path];
}
