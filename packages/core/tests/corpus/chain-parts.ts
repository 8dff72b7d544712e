import type { Finding } from "../../src/chain/finding.ts";

/** A chain with something wrong in it, and everything that must be said about it. */
export interface CorpusChain {
  readonly name: string;
  readonly chain: unknown;
  /** Severity, code and path, in order. */
  readonly expected: readonly `${Finding["severity"]} ${Finding["code"]} ${string}`[];
}

/** A chain that nothing is said about. */
export type SoundChain = Pick<CorpusChain, "name" | "chain">;

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
export const text = { handler: "raw_string" };
export const key = { handler: "condition_key", valid_conditions: { yes: true, no: false } };
export const when = (word: string, goto: string) => ({ operator: "equals", when: word, goto });
export const other = { operator: "default", goto: "end" };
/** Where the first task's branches stand. */
export const place = (index: number, field = "") => `$.tasks[0].transition.branches[${index}]${field}` as const;
/** A first task, and a second one that it leads to. */
export const two = (first: object, second: object, chain: object = {}) => ({
  id: "c",
  tasks: [
    { id: "a", ...noop, transition: to("b"), ...first },
    { id: "b", ...noop, ...second },
  ],
  ...chain,
});
