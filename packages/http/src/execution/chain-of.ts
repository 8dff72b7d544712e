import type { Chain } from "@catenary/core";
import { recordBookOf } from "../records/record-book.ts";
import type { Surface } from "../surface.ts";
import { ChainReader } from "./chain-reader.ts";

/** The kept chain of an id. Throws `not_found`, and a ChainInvalidError where it is kept with errors. */
export async function chainOf(surface: Surface, id: string): Promise<Chain> {
  const { chains } = surface.runtime;
  const chain = chains.get(id);
  if (chain !== undefined) return chain;
  const kept = await recordBookOf(surface).chains.get(id);
  // What cannot run is in no registry.
  return kept === undefined ? chains.require(id) : new ChainReader().read(kept);
}
