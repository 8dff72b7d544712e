/** The groups of fields that a chain is made of. */
export type ShapeName =
  | "chain"
  | "task"
  | "executeConfig"
  | "routing"
  | "hook"
  | "compose"
  | "transition"
  | "branch"
  | "retry";

/** What a field holds. */
export type FieldValue =
  | {
      readonly is: "text";
      /** The words that are known. Others are kept as they came; a check reports them. */
      readonly oneOf?: readonly string[];
      readonly syntax?: "template" | "duration";
      /** A number is read as its text, because people write one there. */
      readonly numbersToo?: true;
      /** Known words are read in any case. */
      readonly anyCase?: true;
      /** A JSON Schema may stand there instead of a word. */
      readonly schemaToo?: true;
    }
  /** A JSON Schema, kept as it was given. */
  | { readonly is: "schema" }
  | { readonly is: "boolean" }
  | { readonly is: "number" }
  | { readonly is: "integer" }
  | { readonly is: "texts"; readonly oneOf?: readonly string[] }
  /** Names given by the user, each with a value of the kind. */
  | { readonly is: "map"; readonly of: "boolean" | "json" | "dataType" }
  | { readonly is: "shape"; readonly shape: ShapeName }
  | { readonly is: "shapes"; readonly shape: ShapeName };

/** One field, told once for decoding, encoding, findings, JSON Schema and types. */
export interface Field {
  /** The name in TypeScript. `spelling.ts` derives the one on the wire. */
  readonly name: string;
  readonly value: FieldValue;
  /** The definition always has it: where nothing was given, with the empty value of its kind. */
  readonly required?: true;
  /** The JSON always has it: where the definition has nothing, with the empty value of its kind. */
  readonly written?: "always";
  /** The empty value of its kind (`0`, `false`, `[]`, `{}`) says the same as nothing, and is read as nothing. Always so for text. */
  readonly emptyIsAbsent?: true;
  readonly doc: string;
}
