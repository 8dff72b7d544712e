import { ChainInvalidError } from "../../errors/chain-invalid-error.ts";
import { describeKind } from "../../value/describe-kind.ts";
import type { ChainDefinition } from "../chain.ts";
import { isChain } from "../create-chain.ts";
import { decodeChain } from "../wire/decode-chain.ts";

/**
 * What is to be drawn, faults and all. Throws a `ChainInvalidError` where there is no list of tasks, because an empty picture would
 * look like that of a chain.
 */
export function readDrawnChain(chain: unknown): ChainDefinition {
  const { definition, findings } = decodeChain(isChain(chain) ? chain.toJSON() : chain);
  if (definition === undefined) throw new ChainInvalidError(undefined, findings);
  const tasks = tasksIn(chain);
  if (definition.tasks.length > 0 || Array.isArray(tasks)) return definition;
  throw new ChainInvalidError(definition.id, [
    {
      severity: "error",
      code: "no_tasks",
      path: "$.tasks",
      message: `expected a list of tasks to draw, got ${tasks === undefined ? "none" : describeKind(tasks)}`,
    },
  ]);
}

/** As they stand there, in whatever case. */
function tasksIn(given: unknown): unknown {
  if (typeof given !== "object" || given === null) return undefined;
  return Object.entries(given).find(([name]) => name.toLowerCase() === "tasks")?.[1];
}
