import { CONTENT, TEMPLATES } from "./chain-contents.ts";
import type { CorpusChain } from "./chain-parts.ts";
import { ROUTES, SOUND_ROUTES } from "./chain-routes.ts";
import { BRANCHES, CONTRACTS, FLOW, PROPERTIES, SOUND_WAYS } from "./chain-ways.ts";
import { GRAPH, STRUCTURE } from "./chains.ts";
import { SOUND } from "./sound-chains.ts";

/** Every chain of the corpus with something wrong in it that can be told without a runtime. */
export const FAULTY: Readonly<Record<string, readonly CorpusChain[]>> = {
  structure: STRUCTURE,
  graph: GRAPH,
  content: CONTENT,
  templates: TEMPLATES,
  branches: BRANCHES,
  routes: ROUTES,
  flow: FLOW,
  contracts: CONTRACTS,
  properties: PROPERTIES,
};

/** Every chain with nothing wrong in it. */
export const ALL_SOUND: readonly { readonly name: string; readonly chain: unknown }[] = [
  ...SOUND,
  ...SOUND_WAYS,
  ...SOUND_ROUTES,
];
