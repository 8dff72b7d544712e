import { defineChain } from "../../src/chain/define-chain.ts";
import { parseChain } from "../../src/chain/parse-chain.ts";

/** A TypeScript program that defines parsed chains, each as it is and with its tasks by id. What `defineChain` refuses is left out. */
export function printPrograms(chains: readonly unknown[]): readonly string[] {
  return chains.flatMap((json) => {
    const { chain } = parseChain(json);
    if (chain === undefined || !isTaken(chain)) return [];
    const tasks = Object.fromEntries(chain.tasks.map(({ id, ...task }) => [id, task]));
    return [chain, { ...chain, tasks }].map((source) => `defineChain(${JSON.stringify({ ...source })});`);
  });
}

function isTaken(chain: Parameters<typeof defineChain>[0]): boolean {
  try {
    defineChain(chain);
    return true;
  } catch {
    return false;
  }
}
