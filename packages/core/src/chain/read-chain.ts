import type { CheckOptions } from "./analysis/chain-facts.ts";
import { misreadAt, pathsAbove } from "./analysis/misread.ts";
import { checkChain } from "./check-chain.ts";
import { isChain } from "./create-chain.ts";
import type { Finding } from "./finding.ts";
import { type DecodedChain, decodeChain } from "./wire/decode-chain.ts";

/**
 * Decodes a chain and checks all that was decoded, so that one pass names every fault. What could not be read was left out; nothing is said that
 * might only be so because of that. `before` is what was found while the chain was brought into this form.
 */
export function readChain(json: unknown, options: CheckOptions = {}, before: readonly Finding[] = []): DecodedChain {
  const { definition, findings } = decodeChain(isChain(json) ? json.toJSON() : json);
  if (definition === undefined) return { findings: [...before, ...findings] };
  const read = [...before, ...findings];
  const misread = read.filter(({ severity }) => severity === "error").map(({ path }) => path);
  // What is wrong with a value that is not there is no news either.
  const told = new Set([...misread, ...read.filter(({ code }) => code === "missing_field").map(({ path }) => path)]);
  const checked = checkChain(definition, options, misreadAt(misread)).filter(
    ({ path }) => !pathsAbove(path).some((above) => told.has(above)),
  );
  return { definition, findings: [...read, ...checked] };
}
