import { BRANCHES } from "./branches.ts";
import { CALLS } from "./calls.ts";
import { COMPOSE } from "./compose.ts";
import { DEBUG_INPUTS } from "./debug-inputs.ts";
import { EARLY_ERRORS } from "./early-errors.ts";
import { FAILURES } from "./failures.ts";
import { INPUTS } from "./inputs.ts";
import { NUMBERS } from "./numbers.ts";
import { OUTCOMES } from "./outcomes.ts";
import { PAIRS } from "./pairs.ts";
import { PRINTED_VALUES } from "./printed-values.ts";
import { RANGES } from "./ranges.ts";
import type { Row } from "./row.ts";
import { TEMPLATES } from "./templates.ts";
import { TOKENS } from "./tokens.ts";

/** Every known difference, in the order of the page. */
export const ROWS: readonly Row[] = [
  ...NUMBERS,
  ...RANGES,
  ...OUTCOMES,
  ...BRANCHES,
  ...EARLY_ERRORS,
  ...INPUTS,
  ...PAIRS,
  ...FAILURES,
  ...CALLS,
  ...TOKENS,
  ...COMPOSE,
  ...TEMPLATES,
  ...PRINTED_VALUES,
  ...DEBUG_INPUTS,
];
