import type { JsonObject } from "../value/json.ts";
import { decodeChain } from "./wire/decode-chain.ts";
import { encodeChain } from "./wire/encode-chain.ts";

/**
 * A chain's JSON as `chain.toJSON()` would write it, also of a chain that cannot run: names in the wire's spelling, left out
 * fields written out. Undefined where the value is no object at all. Never throws.
 */
export function chainJson(value: unknown): JsonObject | undefined {
  const { definition } = decodeChain(value);
  return definition === undefined ? undefined : encodeChain(definition);
}
