import { CALL_MUTANTS } from "./call-mutants.ts";
import { CHOICE_MUTANTS } from "./choice-mutants.ts";
import { FLEET_MUTANTS } from "./fleet-mutants.ts";
import { HEALTH_MUTANTS } from "./health-mutants.ts";
import type { Mutant } from "./mutant.ts";

/** Mistakes that routers have been shipped with. */
export const MUTANTS: readonly Mutant[] = [...CHOICE_MUTANTS, ...HEALTH_MUTANTS, ...CALL_MUTANTS, ...FLEET_MUTANTS];
