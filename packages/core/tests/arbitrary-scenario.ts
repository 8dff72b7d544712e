import type { ScriptedReply } from "@catenary/testing";
import fc from "fast-check";
import { type Chain, defineChain, parseChain } from "../src/index.ts";

/** A chain whose tasks wait for models, hooks and pauses, and how those behave. */
export interface Scenario {
  readonly chain: Chain;
  readonly replies: readonly ScriptedReply[];
  /** What each call of the hook does, and again from the start where there are more. */
  readonly hooks: readonly HookMove[];
  readonly hasAsyncStore: boolean;
}

/** `hang` ignores its signal. */
export type HookMove = "answer" | "wait" | "hang" | "throw";

const IDS = ["a", "b", "c"];

const reply: fc.Arbitrary<ScriptedReply> = fc.oneof(
  fc.constantFrom("yes", "no", "7"),
  fc.record({
    text: fc.constantFrom("yes", "one two three"),
    delayMs: fc.constantFrom(0, 10, 40),
    chunkDelayMs: fc.constantFrom(0, 10),
  }),
  fc.record({ text: fc.constantFrom("", "half of"), hang: fc.constant(true) }),
  fc.record({
    text: fc.constant("one two three"),
    delayMs: fc.constantFrom(0, 10),
    error: fc.constantFrom({ status: 500 }, { status: 429, retryAfterMs: 30 }, {}, { afterChunks: 1 }),
  }),
);

const branch = fc.record({
  operator: fc.constantFrom("equals", "default"),
  when: fc.constantFrom("yes", "ok"),
  goto: fc.constantFrom(...IDS, "end", "end"),
});

const task = (id: string) =>
  fc
    .record({
      handler: fc.constantFrom("raw_string", "raw_string", "condition_key", "hook", "noop"),
      timeout: fc.constantFrom("", "", "25ms"),
      retry_on_failure: fc.nat(2),
      retry: fc.constantFrom(undefined, { max: 2, backoff: "15ms", jitter: false }),
      restart: fc.boolean(),
      stream: fc.boolean(),
      output: fc.constantFrom(undefined, undefined, { enum: ["yes", "no", 7] }, { type: "object" }),
      branches: fc.array(branch, { maxLength: 2 }),
      on_failure: fc.constantFrom("", ...IDS, "end"),
    })
    .map(({ branches, on_failure, retry, output, ...rest }) => ({
      id,
      ...rest,
      ...(retry && { retry }),
      ...(output && { output }),
      prompt_template: rest.handler === "hook" || rest.handler === "noop" ? "" : "Say yes or no: {{.input}}",
      ...(rest.handler === "condition_key" && { valid_conditions: { yes: true, no: false } }),
      ...(rest.handler === "hook" && { hook: { name: "outside" } }),
      transition: { branches, on_failure },
    }));

/** What the chain as a whole takes and gives. */
const contract = fc.constantFrom({}, {}, { input: { type: "string" } }, { output: { enum: ["yes", 7, "go"] } });

const chain: fc.Arbitrary<Chain> = fc
  .tuple(contract, ...IDS.map(task))
  .map(
    ([promises, ...tasks]) =>
      parseChain({ id: "drawn", ...promises, tasks }).chain ??
      defineChain({ id: "spare", tasks: { a: { handler: "noop" } } }),
  );

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  chain,
  replies: fc.array(reply, { maxLength: 8 }),
  hooks: fc.array(fc.constantFrom<HookMove[]>("answer", "wait", "hang", "throw"), { minLength: 1, maxLength: 4 }),
  hasAsyncStore: fc.boolean(),
});
