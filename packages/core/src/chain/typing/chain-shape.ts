/**
 * What the compiler infers a chain from. As loose as can be: what does not fit a constraint is inferred as the constraint,
 * and every fault behind the first would be silent.
 */
export interface ChainShape {
  readonly id: string;
  readonly tasks: { readonly [id: string]: unknown } | readonly unknown[];
}

/** The ids of tasks that stand by id or as a list; `string` where they are no literals. */
export type TaskIds<Tasks> = Tasks extends readonly unknown[] ? IdsOfList<Tasks>[number] : keyof Tasks & string;

type IdsOfList<Tasks extends readonly unknown[]> = {
  [I in keyof Tasks]: Tasks[I] extends { readonly id: infer Id extends string } ? Id : never;
};

/** The task of an id. */
export type TaskOf<Tasks, Id> = Tasks extends readonly unknown[]
  ? { [I in keyof Tasks]: Tasks[I] extends { readonly id: Id } ? Tasks[I] : never }[number]
  : Id extends keyof Tasks
    ? Tasks[Id]
    : never;

/** What a chain declares under `variables`. */
export type DeclaredOf<C> = C extends { readonly variables: infer Declared } ? Declared : unknown;

/** The variables that hold what tasks produced before it was combined. */
export type ComposedOf<Tasks> = Tasks extends readonly unknown[]
  ? {
      [I in keyof Tasks]: Tasks[I] extends { readonly id: infer Id extends string; readonly compose: object }
        ? `${Id}_composed`
        : never;
    }[number]
  : {
      [Id in keyof Tasks & string]: Tasks[Id] extends { readonly compose: object } ? `${Id}_composed` : never;
    }[keyof Tasks & string];
