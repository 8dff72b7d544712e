import { CatenaryError } from "@catenary/core";
import { describeValue } from "./describe-value.ts";
import { isRecord } from "./is-record.ts";

/**
 * Refuses what is no chain, for those who write JavaScript.
 *
 * @param who Who was given it, as in `simulate()`.
 * @throws CatenaryError `settings_invalid` with what to give instead.
 */
export function checkChain(who: string, chain: unknown): void {
  if (isRecord(chain) && Array.isArray(chain.tasks) && "hash" in chain && typeof chain.toJSON === "function") return;
  throw new CatenaryError(
    "settings_invalid",
    `${who} expects a chain made by defineChain or parseChain; got ${describeChain(chain)}`,
  );
}

function describeChain(given: unknown): string {
  if (typeof given === "string") return `${describeValue(given)}: give the chain itself, not its id`;
  if (!isRecord(given)) return describeValue(given);
  if ("findings" in given) return "what parseChain returns: give its `chain`";
  if (isRecord(given.chain))
    return "an object with a chain inside: read that with parseChain, and give the `chain` of it";
  if ("tasks" in given)
    return "its JSON, or a copy of one: read it with parseChain, and give the `chain` of what that returns";
  return describeValue(given);
}
