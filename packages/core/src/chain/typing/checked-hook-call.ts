import type { Json } from "../../value/json.ts";
import type { ArgsOf } from "./bindings.ts";
import type { Unnamed } from "./checked-branch.ts";
import type { CheckedTemplate } from "./unknown-variable.ts";

/** A task's `hook`, against the hooks that are bound. */
export type CheckedHookCall<HookCall, Hooks, Names extends string> = string extends keyof Hooks
  ? { readonly name: string; readonly args?: CheckedArgs<ArgsIn<HookCall>, Names> }
  : HookCall extends { readonly name: infer Name extends keyof Hooks }
    ? BoundCall<HookCall, Name, ArgsOf<Hooks[Name]>, Names>
    : // Which arguments it takes cannot be told before its name is right.
      { readonly [K in keyof HookCall]: K extends "name" ? keyof Hooks & string : HookCall[K] };

type ArgsIn<HookCall> = HookCall extends { readonly args: infer Args }
  ? Args extends Unnamed | string
    ? { readonly [name: string]: Json }
    : Args
  : { readonly [name: string]: Json };

/** `args` may be left out where the hook needs none. */
type BoundCall<HookCall, Name, Wanted, Names extends string> = string extends keyof Wanted
  ? { readonly name: Name; readonly args?: CheckedArgs<ArgsIn<HookCall>, Names> }
  : Record<never, never> extends Wanted
    ? { readonly name: Name; readonly args?: BoundArgs<ArgsIn<HookCall>, Wanted, Names> }
    : { readonly name: Name; readonly args: BoundArgs<ArgsIn<HookCall>, Wanted, Names> };

type BoundArgs<Args, Wanted, Names extends string> = {
  readonly [K in keyof Wanted]: K extends keyof Args
    ? Args[K] extends CheckedArg<Args[K], Names>
      ? OrTemplate<Wanted[K]>
      : CheckedArg<Args[K], Names>
    : OrTemplate<Wanted[K]>;
};

/** A template may give any text, so that it stands for each of a set of words too. */
type OrTemplate<Wanted> = [Json] extends [Wanted] ? Wanted : OrTemplatePart<Wanted>;

type OrTemplatePart<Wanted> = Wanted extends string
  ? Wanted | `${string}{{${string}`
  : Wanted extends object
    ? { readonly [K in keyof Wanted]: OrTemplate<Wanted[K]> }
    : Wanted;

type CheckedArgs<Args, Names extends string> = { readonly [K in keyof Args]: CheckedArg<Args[K], Names> };

/** Texts at any depth are templates. */
type CheckedArg<Arg, Names extends string> = [Json] extends [Arg] ? Json : CheckedPart<Arg, Names>;

type CheckedPart<Arg, Names extends string> = Arg extends string
  ? CheckedTemplate<Arg, Names>
  : Arg extends Json
    ? Arg extends object
      ? CheckedArgs<Arg, Names>
      : Arg
    : Json;
