/**
 * Whether some value of the one type can be of the other, as JSON has them: a text is no object and a list neither. `false` only where it is
 * certain; `boolean` counts as true. With `Open`, objects may have properties that their type does not name.
 */
export type ValueCanBe<Given, Wanted, Open extends boolean> = unknown extends Given | Wanted
  ? true
  : Given extends unknown
    ? Wanted extends unknown
      ? PairCanBe<Given, Wanted, Open>
      : never
    : never;

type Primitive = string | number | boolean | null | undefined;

type PairCanBe<Given, Wanted, Open extends boolean> = Given extends Primitive
  ? Wanted extends Primitive
    ? [Given & Wanted] extends [never]
      ? false
      : true
    : false
  : Wanted extends Primitive
    ? false
    : Given extends readonly unknown[]
      ? Wanted extends readonly unknown[]
        ? true
        : false
      : Wanted extends readonly unknown[]
        ? false
        : [ConflictingKey<Given, Wanted, Open>] extends [never]
          ? true
          : false;

/** A property that is there in one of the two and cannot be in the other, or not so. */
type ConflictingKey<Given, Wanted, Open extends boolean> = {
  [K in RequiredKey<Wanted> | (RequiredKey<Given> & keyof Wanted)]: K extends keyof Given
    ? [ValueCanBe<Exclude<Given[K], undefined>, Exclude<Wanted[K & keyof Wanted], undefined>, Open>] extends [false]
      ? K
      : never
    : Open extends true
      ? never
      : IsVague<Given> extends true
        ? never
        : K;
}[RequiredKey<Wanted> | (RequiredKey<Given> & keyof Wanted)];

/** Names that stand for any are not required. */
type RequiredKey<Type> = {
  [K in keyof Type]-?: string extends K ? never : Record<never, never> extends Pick<Type, K> ? never : K;
}[keyof Type];

/** Says nothing of what is in it, such as `object`, or has any name. */
type IsVague<Type> = [keyof Type] extends [never] ? true : string extends keyof Type ? true : false;
