import type { TokenCounter } from "../../model/token-counter.ts";
import type { Wanted } from "../call/model-request.ts";
import type { Candidate, Sifted } from "./candidate.ts";
import { obstacleOf, tokensOf } from "./eligible.ts";
import type { Counted } from "./text-count.ts";

/** How many times more or less than a context an estimate may be before it is believed. */
const NEAR = 2;

/**
 * Those that the estimate of a call's tokens may be wrong about, and for whom somebody can count: the runtime's counter, else their
 * backend's. None that were counted already.
 *
 * @param most How many times more than its context it may be. Default: as long as it is near.
 */
export function uncounted(
  wanted: Wanted,
  sifted: readonly Sifted[],
  tokens: TokenCounter | undefined,
  most = NEAR,
): readonly Counted[] {
  const found: Counted[] = [];
  const look = (candidate: Candidate) => {
    const counter = tokens ?? candidate.backend.tokens;
    const { contextLength } = candidate.model;
    if (counter === undefined || contextLength === undefined || wanted.count?.isTried(candidate) !== false) return;
    const share = tokensOf(wanted, candidate) / contextLength;
    if (share >= 1 / NEAR && share <= most) found.push({ candidate, counter });
  };
  for (const { kept, dropped } of sifted) {
    kept.forEach(look);
    for (const { candidate } of dropped) if (obstacleOf(wanted, candidate) === "context") look(candidate);
  }
  return found;
}
