import fc from "fast-check";
import { type Branch, COMPOSE_STRATEGIES, type TaskDefinition } from "../src/chain/chain.ts";
import type { ExecuteEffect } from "../src/engine/effect.ts";
import type { AttemptFailed, AttemptSucceeded } from "../src/engine/fact.ts";
import type { Program } from "../src/engine/program.ts";
import { FAILURE_CLASSES } from "../src/errors/failure-class.ts";
import type { Json } from "../src/value/json.ts";
import type { TypedValue } from "../src/value/typed-value.ts";
import { fail, programOf, succeed } from "./play-facts.ts";

const IDS = ["a", "b", "c", "error"];

/** Half of them fail in one state of the variables or another. */
const template = fc.constantFrom(
  "{{.input}}",
  "{{.a}} and {{.b_composed}}",
  "{{.previous_output}}",
  "{{.input.name}}",
  "{{.error}} in {{.failed_task}}",
  "{{range .a}}{{.}}{{end}}",
  '{{printf "%d" .c}}',
  "{{index .b 3}}",
  "plain",
);

const history = { messages: [{ role: "user", content: "hello", timestamp: "2024-01-01T00:00:00Z" }], model: "m" };

/** Safe: fast-check's JSON values are JSON; only its type of objects is wider. */
const json = fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>;

export const value: fc.Arbitrary<TypedValue> = fc.oneof(
  fc.record({ type: fc.constant("string" as const), value: fc.constantFrom("yes", "no", "7", "", "1-9", "\ud800") }),
  fc.record({ type: fc.constant("int" as const), value: fc.integer({ min: -9, max: 999 }) }),
  fc.record({ type: fc.constant("bool" as const), value: fc.boolean() }),
  fc.record({ type: fc.constantFrom("json" as const, "any" as const), value: json }),
  fc.constant<TypedValue>({ type: "chat_history", value: { ...history, inputTokens: 1, outputTokens: 2 } }),
);

const branch: fc.Arbitrary<Branch> = fc.record({
  operator: fc.constantFrom("equals", "contains", ">", "in_range", "default", "default"),
  when: fc.constantFrom("yes", "5", "1-9", "", "many"),
  goto: fc.constantFrom(...IDS, "end", ""),
});

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq: 2 });

const task = (id: string): fc.Arbitrary<Partial<TaskDefinition> & { readonly id: string }> =>
  fc
    .record({
      promptTemplate: optional(template),
      print: optional(template),
      inputVar: optional(fc.constantFrom("input", "a", "error", "nobody")),
      compose: optional(
        fc.record({
          withVar: fc.constantFrom("input", "a", "b", "nobody"),
          strategy: optional(fc.constantFrom(...COMPOSE_STRATEGIES)),
        }),
      ),
      retryOnFailure: optional(fc.integer({ min: -1, max: 3 })),
      retry: optional(fc.record({ max: fc.nat(3), backoff: fc.constantFrom("0", "10ms", "1h"), jitter: fc.boolean() })),
      restart: optional(fc.boolean()),
      branches: fc.array(branch, { maxLength: 3 }),
      onFailure: optional(fc.constantFrom(...IDS, "end")),
    })
    .map(({ branches, onFailure, compose, ...rest }) => {
      const told = Object.fromEntries(Object.entries(rest).filter(([, field]) => field !== undefined));
      const combines = compose && {
        withVar: compose.withVar,
        ...(compose.strategy !== undefined && { strategy: compose.strategy }),
      };
      const transition = { branches, ...(onFailure !== undefined && { onFailure }) };
      return { id, ...told, ...(combines && { compose: combines }), transition };
    });

/** Chains of up to four tasks with every way of leading on, and of going wrong, that the engine knows. */
export const program: fc.Arbitrary<Program> = fc
  .tuple(fc.tuple(...IDS.map(task)), fc.boolean())
  .map(([tasks, debug]) => programOf(tasks, { debug }));

/** How one attempt goes. */
export type Move =
  | { readonly kind: "succeed"; readonly output: TypedValue; readonly outcome: string; readonly number?: number }
  | {
      readonly kind: "fail";
      readonly failure: (typeof FAILURE_CLASSES)[number];
      readonly retryAfterMs: number;
      readonly random: number;
      readonly delivered: boolean;
      readonly tries: number;
    };

const move: fc.Arbitrary<Move> = fc.oneof(
  fc.record(
    {
      kind: fc.constant("succeed" as const),
      output: value,
      outcome: fc.constantFrom("yes", "no", "7", "", "true"),
      number: fc.constantFrom(7, 5.004, -1),
    },
    { requiredKeys: ["kind", "output", "outcome"] },
  ),
  fc.record({
    kind: fc.constant("fail" as const),
    failure: fc.constantFrom(...FAILURE_CLASSES),
    retryAfterMs: fc.constantFrom(0, 5, 90_000, Number.NaN, -1),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    delivered: fc.boolean(),
    tries: fc.nat(2),
  }),
);

/** How the attempts of a run go, one after the other, and again from the start where they are more. */
export const moves: fc.Arbitrary<readonly Move[]> = fc.array(move, { minLength: 1, maxLength: 12 });

/** The fact that answers an attempt. */
export function answer(effect: ExecuteEffect, given: Move, at: number): AttemptSucceeded | AttemptFailed {
  if (given.kind === "succeed") {
    const { output, outcome, number } = given;
    const usage = { inputTokens: 1, outputTokens: 1 };
    return succeed(effect, output, {
      at,
      startedAt: at - 1,
      outcome: { text: outcome, ...(number !== undefined && { number }) },
      calls: { tries: 1, usage, model: "m" },
    });
  }
  const { failure, retryAfterMs, random, delivered, tries } = given;
  return fail(effect, { failure }, { at, startedAt: at - 1, retryAfterMs, random, delivered, calls: { tries } });
}
