import type { DataType } from "../../value/data-type.ts";
import type { Json, JsonObject } from "../../value/json.ts";
import type { ValueOf } from "../../value/value-of.ts";

/** What can be known of an application's code: its hooks and its kinds of task, by name. */
export interface Bindings {
  readonly hooks: object;
  readonly handlers: object;
}

/** Nothing is known: any hook, which gives any `Json`, and only the built-in kinds of task. */
export interface Unbound extends Bindings {
  readonly hooks: { readonly [name: string]: unknown };
  readonly handlers: Readonly<Record<never, unknown>>;
}

type Call = (...given: never) => unknown;

/** By its shape, because hooks and handlers are made of chains and are not known here. */
type HookLike = Call | { readonly run: Call } | { readonly kind: "remote" };

interface HandlerLike {
  execute: Call;
}

/** What `defineChain.with` takes: hooks by name, or what `createRuntime` takes as `hooks` and `handlers`. */
export type Bindable =
  | { readonly [name: string]: HookLike }
  | {
      readonly hooks?: { readonly [name: string]: HookLike };
      readonly handlers?: { readonly [name: string]: HandlerLike };
    };

export type BindingsOf<Code> = Code extends {
  readonly handlers: infer Handlers extends { [name: string]: HandlerLike };
}
  ? {
      readonly hooks: Code extends { readonly hooks: infer Hooks extends object } ? Hooks : Unbound["hooks"];
      readonly handlers: Handlers;
    }
  : Code extends { readonly hooks: infer Hooks extends { readonly [name: string]: HookLike } }
    ? { readonly hooks: Hooks; readonly handlers: Unbound["handlers"] }
    : { readonly hooks: Code & object; readonly handlers: Unbound["handlers"] };

/** What a hook is called with. */
export type ArgsOf<Hook> = Hook extends { readonly run: infer Run extends Call }
  ? ArgsOfCall<Run>
  : Hook extends Call
    ? ArgsOfCall<Hook>
    : JsonObject;

type ArgsOfCall<Run extends Call> = Run extends (call: infer Given) => unknown
  ? Given extends { readonly args: infer Args }
    ? Args
    : JsonObject
  : JsonObject;

/** What a hook's task produces. */
export type ResultOf<Hook> = Hook extends { readonly run: infer Run extends Call }
  ? Plain<Awaited<ReturnType<Run>>>
  : Hook extends Call
    ? Plain<Awaited<ReturnType<Hook>>>
    : Json;

/** What a function without a result gives. */
type Nothing = ReturnType<() => void> | undefined;

/** A value after its way through JSON. */
type Plain<Value> = unknown extends Value
  ? Json
  : Value extends Json
    ? Value
    : Value extends Nothing
      ? null
      : Value extends { toJSON(): infer Written }
        ? Plain<Written>
        : Value extends object
          ? { [K in keyof Value]: Plain<Exclude<Value[K], undefined>> | Extract<Value[K], undefined> }
          : never;

/** What a custom kind of task produces, as far as its `spec` says. */
export type ProducedBy<Handler> = Handler extends { readonly spec: { readonly output: infer Output } }
  ? Output extends DataType
    ? ValueOf<Output>
    : Output extends "none"
      ? never
      : Json
  : Json;
