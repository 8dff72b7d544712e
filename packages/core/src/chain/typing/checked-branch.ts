import type { Operator } from "../chain.ts";
import type { BuiltInSpec } from "../handler-spec.ts";
import type { BranchSource } from "../source/chain-source.ts";
import type { SchemaValue } from "./schema-value.ts";

/** One of the allowed words; any text where what was given is no literal, because nothing can be said about it. */
export type Word<Given, Allowed> = string extends Given ? (unknown extends Given ? Allowed : string) : Allowed;

/** Where a task leads. An empty text is the end, as in JSON; it is let through, and no message offers it. */
export type Target<Given, Ids> = Given extends "" ? Ids | "" : Word<Given, Ids>;

/** What stands under a key. */
export type Get<Of, Key> = Key extends keyof Of ? Of[Key] : unknown;

/** The outcomes of a task, where they are few and known; else any text. */
export type WordsOf<Task> = Task extends { readonly handler: infer Handler }
  ? Handler extends "condition_key"
    ? ConditionsOf<Task>
    : Handler extends "raw_string"
      ? StructuredWordsOf<Task>
      : Handler extends keyof FewOutcomes
        ? // A rendered text can be anything.
          "outputTemplate" extends keyof Task
          ? string
          : FewOutcomes[Handler]
        : string
  : string;

/** What a schema allows is its own outcome. Of numbers there are many. */
type StructuredWordsOf<Task> = Task extends { readonly output: infer Schema } ? OutcomeOf<SchemaValue<Schema>> : string;

type OutcomeOf<Value> = unknown extends Value ? string : number extends Value ? string : TextOf<Value>;

/** A branded scalar is an object to the compiler, and its text is not the scalar's. */
type TextOf<Value> = Value extends string | number | boolean ? (Value extends object ? string : `${Value}`) : "ok";

/** A matched word counts as itself and as its boolean. */
type ConditionsOf<Task> = Task extends { readonly validConditions: infer Words }
  ? `${Extract<keyof Words, string | number>}` | "true" | "false"
  : string;

type FewOutcomes = {
  readonly [Spec in BuiltInSpec as Spec extends { readonly outcomes: readonly [string, ...string[]] }
    ? Spec["name"]
    : never]: Spec extends { readonly outcomes: readonly (infer Word)[] } ? Word : never;
} & { readonly hook: "ok" };

export interface CheckedTransition<Transition, Words extends string, Ids extends string> {
  readonly onFailure?: Target<Get<Transition, "onFailure">, Ids>;
  readonly branches?: Transition extends { readonly branches: infer Branches }
    ? CheckedBranches<Branches, Words, Ids>
    : readonly BranchSource[];
}

type CheckedBranches<Branches, Words extends string, Ids extends string> = Branches extends readonly unknown[]
  ? { readonly [I in keyof Branches]: CheckedBranch<Branches[I], Words, Ids> }
  : readonly BranchSource[];

type CheckedBranch<Branch, Words extends string, Ids extends string> = Branch extends {
  readonly operator: infer Name extends Operator;
}
  ? [Operator] extends [Name]
    ? LooseBranch<Branch, Ids>
    : Name extends "default"
      ? LooseBranch<Branch, Ids> & { readonly operator: Name }
      : {
          readonly operator: Operator;
          readonly when: CheckedWhen<Name, Get<Branch, "when">, Words>;
          readonly goto: Target<Get<Branch, "goto">, Ids>;
        }
  : LooseBranch<Branch, Ids>;

interface LooseBranch<Branch, Ids extends string> {
  readonly operator: Operator;
  readonly when?: string | number;
  readonly goto: Target<Get<Branch, "goto">, Ids>;
}

type CheckedWhen<Name extends Operator, When, Words extends string> = Name extends "equals"
  ? Word<When, Words> | (string extends Words ? number : NumberOf<Words>)
  : Name extends ">" | "gt" | "<" | "lt"
    ? When extends string
      ? WithNumber<When, number>
      : number
    : Name extends "in_range"
      ? When extends string
        ? WithNumber<When, `${number}-${number}`>
        : `${number}-${number}`
      : string | number;

/** Numbers whose text is one of the words. */
type NumberOf<Words extends string> = Words extends `${infer Value extends number}` ? Value : never;

/** The text itself where a number can be read out of it, which is so wherever there is a digit. */
type WithNumber<When extends string, Expected> = string extends When
  ? When
  : When extends `${string}${Digit | "nf" | "∞"}${string}`
    ? When
    : Expected;

type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** `next`: one target, or one for each outcome. */
export type CheckedNext<Next, Words extends string, Ids extends string> = Next extends string
  ? Target<Next, Ids>
  : Next extends Unnamed
    ? Ids | { readonly [Outcome in Words | "default"]?: Ids }
    : string extends Words
      ? { readonly [Outcome in keyof Next]: Target<Next[Outcome], Ids> }
      : { readonly [Outcome in Words | "default"]?: Target<Get<Next, Outcome>, Ids> };

/** What has no values by name. Mapped over, it would be what it is, and fit. */
export type Unnamed = number | boolean | bigint | symbol | null | readonly unknown[] | ((...given: never) => unknown);
