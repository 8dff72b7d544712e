import { createRuntime, defineChain, parseChain, type Runtime, type RuntimeOptions } from "../../src/index.ts";

/** A call of the public API as somebody who writes JavaScript, without types, may write it. */
export interface BadCall {
  readonly name: string;
  /** What is called is of no type: that is the point. */
  readonly call: (runtime: Untyped) => unknown;
  readonly code: string;
  /** What the message says at least. */
  readonly says?: RegExp;
}

/** The public API without its types. */
export type Untyped<Typed = Runtime> = {
  readonly [Name in keyof Typed]: Typed[Name] extends (...given: never[]) => infer Result
    ? (...given: unknown[]) => Result
    : Untyped<Typed[Name]>;
};

export const noop = defineChain({ id: "noop", tasks: { only: { handler: "noop" } } });
export const greet = defineChain({
  id: "greet",
  variables: { name: "string", age: "int" },
  tasks: { only: { handler: "noop", promptTemplate: "{{.name}} {{.age}}" } },
});
export const hooked = defineChain({
  id: "hooked",
  tasks: { only: { handler: "hook", hook: { name: "outside", args: { text: "{{.input}}" } } } },
});
export const custom = parseChain({ id: "custom", tasks: [{ id: "only", handler: "odd" }] }).chain ?? noop;

/** A runtime made with options that are of no type. */
export function create(options: unknown): Runtime {
  // Safe: options of another type are what is tested.
  return createRuntime(options as RuntimeOptions);
}

export const circle: Record<string, unknown> = {};
circle.self = circle;
