import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { canonicalJson } from "./canonical-json.ts";
import type { ChainDefinition } from "./chain.ts";
import { encodeChain } from "./wire/encode-chain.ts";

const hashes = new WeakMap<ChainDefinition, string>();

/** SHA-256 of the canonical JSON of a chain, as hexadecimal text. Counted once for each definition, which must be frozen. */
export function hashChain(definition: ChainDefinition): string {
  const known = hashes.get(definition);
  if (known !== undefined) return known;
  const hash = bytesToHex(sha256(utf8ToBytes(canonicalJson(encodeChain(definition)))));
  hashes.set(definition, hash);
  return hash;
}
