import type { JsonObject } from "../value/json.ts";
import type { Chain, ChainDefinition } from "./chain.ts";
import { hashChain } from "./hash-chain.ts";
import { encodeChain } from "./wire/encode-chain.ts";

const marker = Symbol.for("catenary.chain");

/** A chain of a definition that was checked and is frozen at every depth. The hash is counted when it is first asked for. */
export function createChain(definition: ChainDefinition): Chain {
  // Not enumerable: a copy made by spreading is a plain definition, and its hash would be wrong after a change.
  return Object.freeze(
    Object.defineProperties({ ...definition } as Chain, {
      hash: { get: () => hashChain(definition) },
      toJSON: { value: (): JsonObject => encodeChain(definition) },
      [marker]: { value: true },
    }),
  );
}

/** Recognises the chains of every copy of this package. */
export function isChain(value: unknown): value is Chain {
  return typeof value === "object" && value !== null && Object.hasOwn(value, marker) && "toJSON" in value;
}
