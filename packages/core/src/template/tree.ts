/** What a template is made of. `at` is an offset in the source, for errors. */
export type Node =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "print"; readonly pipeline: Pipeline }
  | { readonly kind: "if" | "with"; readonly branches: readonly GuardedBody[]; readonly otherwise: readonly Node[] }
  | {
      readonly kind: "range";
      readonly at: number;
      readonly pipeline: Pipeline;
      readonly body: readonly Node[];
      readonly otherwise: readonly Node[];
    }
  | { readonly kind: "template"; readonly at: number; readonly name: string; readonly pipeline: Pipeline | undefined }
  | { readonly kind: "break" | "continue" };

/** One `if` or `else if` with what it guards. */
export interface GuardedBody {
  readonly pipeline: Pipeline;
  readonly body: readonly Node[];
}

/** Commands, each of which gets the value of the one before as its last argument. */
export interface Pipeline {
  readonly at: number;
  readonly commands: readonly Command[];
  /** The slots of the variables that get the value; in a `range` two of them get key and element. Empty where there are none. */
  readonly slots: readonly number[];
  /** True for `:=` and `=`, whose value is not printed. */
  readonly isAssignment: boolean;
}

export type Command =
  | { readonly kind: "value"; readonly operand: Operand }
  | { readonly kind: "call"; readonly at: number; readonly name: string; readonly operands: readonly Operand[] };

/** A value and the fields that are read from it. */
export interface Operand {
  readonly at: number;
  readonly source: OperandSource;
  readonly fields: readonly FieldName[];
}

export type OperandSource =
  | { readonly kind: "dot" }
  | { readonly kind: "variable"; readonly slot: number }
  | { readonly kind: "constant"; readonly value: string | number | boolean | null }
  | { readonly kind: "call"; readonly name: string }
  | { readonly kind: "pipeline"; readonly pipeline: Pipeline };

export interface FieldName {
  readonly name: string;
  readonly at: number;
  /** The number that `.5` is where nothing has the name 5. */
  readonly fraction?: number;
}

/** A sequence of nodes with variables of its own. */
export interface Body {
  readonly nodes: readonly Node[];
  /** How many variables live in it, `$` among them. */
  readonly slots: number;
  /** How deep its blocks and parentheses are nested. */
  readonly nesting: number;
}

export interface Tree {
  readonly main: Body;
  /** What `define` and `block` named. */
  readonly definitions: ReadonlyMap<string, Body>;
}
