import type { Finding } from "../../src/chain/finding.ts";

/** A chain with something wrong in it, and everything that must be said about it. */
export interface CorpusChain {
  readonly name: string;
  readonly chain: unknown;
  /** Severity, code and path, in order. */
  readonly expected: readonly `${Finding["severity"]} ${Finding["code"]} ${string}`[];
}

export const noop = { handler: "noop" };
export const to = (target: string) => ({ branches: [{ operator: "default", goto: target }] });
/** A chain of one task that ends, with the given fields. */
export const one = (task: object, chain: object = {}) => ({
  id: "c",
  tasks: [{ id: "a", ...noop, ...task }],
  ...chain,
});
/** A chain of one task that reports a text, with a branch on it. */
export const branch = (fields: object) =>
  one({ handler: "raw_string", transition: { branches: [fields, { operator: "default", goto: "end" }] } });
/** A sound chain followed by a task that no run comes to. */
export const unreached = (task: object) => ({
  id: "c",
  tasks: [
    { id: "a", ...noop },
    { id: "z", ...noop, ...task },
  ],
});
export const hook = { handler: "hook" };
