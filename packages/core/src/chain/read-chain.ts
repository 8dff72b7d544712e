import type { CheckOptions } from "./chain-facts.ts";
import { checkChain } from "./check-chain.ts";
import { isChain } from "./create-chain.ts";
import { type DecodedChain, decodeChain } from "./decode-chain.ts";

/** Decodes a chain and checks all that was decoded, so that one pass names every fault. */
export function readChain(json: unknown, options: CheckOptions = {}): DecodedChain {
  const { definition, findings } = decodeChain(isChain(json) ? json.toJSON() : json);
  if (definition === undefined) return { findings };
  const misread = new Set(findings.filter(({ severity }) => severity === "error").map(({ path }) => path));
  // What has the wrong type was left out; that it is missing then is no news.
  const checked = checkChain(definition, options).filter(({ path }) => !misread.has(path));
  return { definition, findings: [...findings, ...checked] };
}
