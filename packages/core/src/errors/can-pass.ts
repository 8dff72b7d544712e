import type { FailureClass } from "./failure-class.ts";

/** Whether what failed so may succeed when it is tried again: not where the chain, the credentials or a wish to stop decide it. */
export function canPass(failure: FailureClass): boolean {
  return failure !== "chain" && failure !== "auth" && failure !== "cancelled";
}
