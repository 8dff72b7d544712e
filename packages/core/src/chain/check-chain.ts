import { type ChainFacts, type CheckOptions, chainFacts } from "./analysis/chain-facts.ts";
import { type Misread, NOTHING_MISREAD } from "./analysis/misread.ts";
import type { ChainDefinition } from "./chain.ts";
import { checkBranches } from "./checks/branches.ts";
import { checkConditions } from "./checks/conditions.ts";
import { checkContracts } from "./checks/contracts.ts";
import { checkCycles } from "./checks/cycles.ts";
import { checkDurations } from "./checks/durations.ts";
import { checkEndings } from "./checks/endings.ts";
import { checkGroups } from "./checks/groups.ts";
import { checkHandlers } from "./checks/handlers.ts";
import { checkHooks } from "./checks/hooks.ts";
import { checkIds } from "./checks/ids.ts";
import { checkModels } from "./checks/models.ts";
import { checkNumbers } from "./checks/numbers.ts";
import { checkOutcomes } from "./checks/outcomes.ts";
import { checkPolicies } from "./checks/policies.ts";
import { checkProperties } from "./checks/properties.ts";
import { checkReachability } from "./checks/reachability.ts";
import { checkRequired } from "./checks/required.ts";
import { checkSchemas } from "./checks/schemas.ts";
import { checkShadows } from "./checks/shadows.ts";
import { checkSizes } from "./checks/sizes.ts";
import { checkTargets } from "./checks/targets.ts";
import { checkTemplates } from "./checks/templates.ts";
import { checkTypes } from "./checks/types.ts";
import { checkUnusedFields } from "./checks/unused-fields.ts";
import { checkVariables } from "./checks/variables.ts";
import { checkWhens } from "./checks/whens.ts";
import { checkWords } from "./checks/words.ts";
import type { Finding } from "./finding.ts";

const CHECKS: readonly ((facts: ChainFacts) => readonly Finding[])[] = [
  checkIds,
  checkRequired,
  checkHandlers,
  checkWords,
  checkTargets,
  checkTemplates,
  checkDurations,
  checkNumbers,
  checkSchemas,
  checkWhens,
  checkConditions,
  checkOutcomes,
  checkBranches,
  checkVariables,
  checkShadows,
  checkProperties,
  checkTypes,
  checkContracts,
  checkHooks,
  checkPolicies,
  checkGroups,
  checkModels,
  checkReachability,
  checkCycles,
  checkEndings,
  checkUnusedFields,
  checkSizes,
];

/** Everything that can be said about a chain without running it, in the order of the checks. */
export function checkChain(
  definition: ChainDefinition,
  options: CheckOptions = {},
  misread: Misread = NOTHING_MISREAD,
): readonly Finding[] {
  const facts = chainFacts(definition, options, misread);
  return CHECKS.flatMap((check) => check(facts));
}
