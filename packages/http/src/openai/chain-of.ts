import type { Chain } from "@catenary/core";
import type { Surface } from "../surface.ts";

/** The stored chain of an id, also where a record store has it and nobody has looked yet. Throws `not_found`. */
export async function chainOf({ runtime: { chains } }: Surface, id: string): Promise<Chain> {
  const chain = chains.get(id);
  if (chain !== undefined) return chain;
  await chains.load();
  return chains.require(id);
}
