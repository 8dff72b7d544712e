import type { DataType } from "../value/data-type.ts";

/**
 * What a run may be given: what the chain declares. With an `inputType`, anything: that is for input whose kind is only
 * known when it comes. `Type` is `never` without one.
 */
export type GivenInput<Input, Type extends DataType> = [Type] extends [never] ? NoInfer<Input> : unknown;
