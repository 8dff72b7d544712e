import { BRANCHES, SOUND_BRANCHES } from "./chain-branches.ts";
import { CONTENT } from "./chain-contents.ts";
import { CONTRACTS, SOUND_CONTRACTS } from "./chain-contracts.ts";
import { FLOW, SOUND_FLOW } from "./chain-flow.ts";
import { NUMBERS } from "./chain-numbers.ts";
import type { CorpusChain, SoundChain } from "./chain-parts.ts";
import { PROPERTIES, SOUND_PROPERTIES } from "./chain-properties.ts";
import { ROUTES, SOUND_ROUTES } from "./chain-routes.ts";
import { SCHEMAS } from "./chain-schemas.ts";
import { TEMPLATES } from "./chain-templates.ts";
import { VARIABLES } from "./chain-variables.ts";
import { GRAPH, STRUCTURE } from "./chains.ts";
import { SOUND } from "./sound-chains.ts";

/** Every chain of the corpus with something wrong in it that can be told without a runtime. */
export const FAULTY: Readonly<Record<string, readonly CorpusChain[]>> = {
  structure: STRUCTURE,
  graph: GRAPH,
  content: CONTENT,
  numbers: NUMBERS,
  variables: VARIABLES,
  schemas: SCHEMAS,
  templates: TEMPLATES,
  branches: BRANCHES,
  routes: ROUTES,
  flow: FLOW,
  contracts: CONTRACTS,
  properties: PROPERTIES,
};

/** Every chain with nothing wrong in it. */
export const ALL_SOUND: readonly SoundChain[] = [
  ...SOUND,
  ...SOUND_PROPERTIES,
  ...SOUND_CONTRACTS,
  ...SOUND_BRANCHES,
  ...SOUND_FLOW,
  ...SOUND_ROUTES,
];
