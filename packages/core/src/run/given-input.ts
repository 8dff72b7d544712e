import type { DataType } from "../value/data-type.ts";
import type { RunOptions } from "./start-run.ts";

/**
 * What a run may be given: what the chain declares. With an `inputType`, anything: that is for input whose kind is only
 * known when it comes. `Type` is `never` without one.
 */
export type GivenInput<Input, Type extends DataType> = [Type] extends [never] ? NoInfer<Input> : unknown;

/** The options of a run, as far as they depend on nothing. */
type Options<Type extends DataType> = Omit<RunOptions, "variables"> & { readonly inputType?: Type };

/**
 * What may follow the input of a run: its options, which a chain that declares variables cannot do without. Of a chain whose kind is not
 * known nothing is known of them.
 */
export type GivenOptions<Needs, Type extends DataType> = Needs extends {
  readonly variables: infer Variables extends Readonly<Record<string, unknown>>;
}
  ? [options: Options<Type> & { readonly variables: Variables }]
  : Needs extends { readonly hooks: string }
    ? [options?: Options<Type> & { readonly variables?: NoVariables }]
    : [options?: RunOptions & { readonly inputType?: Type }];

interface NoVariables {
  readonly [name: string]: "this chain declares no variables";
}
