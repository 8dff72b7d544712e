import { type Chain, ChainInvalidError, parseChain } from "@catenary/core";
import { checkChainSize } from "./check-chain-size.ts";

/** Texts of chains are kept up to so many, and up to so many characters together. */
const MOST_CHAINS = 64;
const MOST_CHARACTERS = 4 * 2 ** 20;

/**
 * Chains that came in requests. A client sends the same one again and again, and a chain is checked and prepared once as long
 * as it is the same object.
 */
export class ChainReader {
  /** The one that was used last comes last. */
  readonly #chains = new Map<string, Chain>();
  readonly #mostValues: number;
  #characters = 0;

  /** @param mostValues How many values a chain may have. Default: any number, for those that were looked at before. */
  constructor(mostValues = Number.POSITIVE_INFINITY) {
    this.#mostValues = mostValues;
  }

  /** Throws a ChainInvalidError where the chain has errors, an HttpError of 413 where it has too many values. */
  read(json: unknown): Chain {
    const text = JSON.stringify(json);
    const known = this.#chains.get(text);
    if (known !== undefined) this.#chains.delete(text);
    if (known === undefined) checkChainSize(json, this.#mostValues);
    const chain = known ?? parse(json);
    this.#chains.set(text, chain);
    if (known === undefined) this.#characters += text.length;
    this.#forget();
    return chain;
  }

  #forget(): void {
    for (const text of this.#chains.keys()) {
      if (this.#chains.size <= MOST_CHAINS && this.#characters <= MOST_CHARACTERS) return;
      this.#chains.delete(text);
      this.#characters -= text.length;
    }
  }
}

function parse(json: unknown): Chain {
  const { chain, findings } = parseChain(json);
  if (chain !== undefined) return chain;
  throw new ChainInvalidError(
    idOf(json),
    findings.filter(({ severity }) => severity === "error"),
  );
}

function idOf(json: unknown): string | undefined {
  const id = typeof json === "object" && json !== null && "id" in json ? json.id : undefined;
  return typeof id === "string" ? id : undefined;
}
