/** Whether two types are the same to the compiler. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles where the types are the same, and only there. */
export function same<A, B>(..._proof: Equal<A, B> extends true ? [] : [expected: B, got: A]): void {}
