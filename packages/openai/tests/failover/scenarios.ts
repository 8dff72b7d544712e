import type { Scenario } from "./scenario.ts";
import { cut, malformed, reset, unterminated } from "./scenarios/broken-answers.ts";
import {
  contentFilter,
  contentFilterAnswer,
  contextOverflow,
  contextOverflowEverywhere,
  limitWithHint,
  overloaded,
  persistentLimit,
  singleError,
} from "./scenarios/refusals.ts";
import { silenceEverywhere, silentRoute, slowFirstToken, slowInTime, stall } from "./scenarios/silences.ts";
import { accounting, flapping, prefillRejected, restarted } from "./scenarios/whole-calls.ts";

/** The sixteen ways to fail by which failover is compared, each with its variants. */
export const SCENARIOS: readonly (readonly Scenario[])[] = [
  [limitWithHint],
  [persistentLimit],
  [singleError],
  [overloaded],
  [reset],
  [silentRoute, silenceEverywhere],
  [slowFirstToken, slowInTime],
  [cut],
  [stall],
  [malformed],
  [unterminated],
  [contextOverflow, contextOverflowEverywhere],
  [contentFilter, contentFilterAnswer],
  [prefillRejected, restarted],
  [flapping],
  [accounting],
];
