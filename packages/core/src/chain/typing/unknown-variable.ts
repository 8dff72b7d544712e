/**
 * The first name that a template reads and that is no variable of its chain, or no property of one of which all are known; `never` where there is none or it cannot be
 * told. Looks at one `{{…}}` after the other and gives up where the dot becomes something else (`range`, `with`, `define`,
 * `block`) and where a quoted text may hide the end of an action. `validateChain` reads templates completely.
 */
export type UnknownVariable<Text extends string, Names extends string> = string extends Names
  ? never
  : Text extends Crowded
    ? never
    : Scan<Text, Names>;

type Five = `{{${string}{{${string}{{${string}{{${string}{{${string}`;
type Twenty = `${Five}${Five}${Five}${Five}`;

/** With a hundred actions. The compiler follows about three hundred before it calls them endless. */
type Crowded = `${string}${Twenty}${Twenty}${Twenty}${Twenty}${Twenty}`;

type Scan<Text extends string, Names extends string> = Text extends `${string}{{${infer Action}}}${infer Rest}`
  ? Action extends `.${infer Name}`
    ? // The common case first: it takes a single step.
      Name extends Names
      ? Scan<Rest, Names>
      : ScanAction<Action, Rest, Names>
    : ScanAction<Action, Rest, Names>
  : never;

type ScanAction<Action extends string, Rest extends string, Names extends string> = Action extends Opaque
  ? never
  : UnknownRead<` ${Action}`, Names> extends infer Unknown
    ? [Unknown] extends [never]
      ? Action extends Rebinding
        ? never
        : Scan<Rest, Names>
      : Unknown
    : never;

/** Its end cannot be told: it may stand in a quoted text or in a comment. */
type Opaque = `${string}${'"' | "`" | "'" | "/*" | "{{"}${string}`;

/** Behind these words, wherever they stand, the dot may be something else. */
type Rebinding = `${string}${"range" | "with" | "define" | "block"}${string}`;

/** Every field that stands behind a space is one of the root. */
type UnknownRead<Action extends string, Names extends string> = Action extends `${string} .${infer Rest}`
  ? UntilEnd<Rest> extends infer Name
    ? Name extends Names | "" | `${Digit}${string}`
      ? `${Name & string}.` extends Names
        ? UnknownProperty<Rest, Name & string, Names>
        : UnknownRead<Rest, Names>
      : Name
    : never
  : never;

/** Behind a name of which all properties are known. */
type UnknownProperty<
  Read extends string,
  Name extends string,
  Names extends string,
> = Read extends `${Name}.${infer Field}`
  ? `${Name}.${UntilEnd<Field>}` extends Names
    ? UnknownRead<Read, Names>
    : `${Name}.${UntilEnd<Field>}`
  : UnknownRead<Read, Names>;

type Digit = "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9";

/** A name ends where a field of it, the next argument, a pipe or a parenthesis begins. */
type UntilEnd<Text extends string> = Before<Before<Before<Before<Text, " ">, ".">, "|">, ")" | "\n" | "\t" | "\r">;

type Before<Text extends string, End extends string> = Text extends `${infer Head}${End}${string}` ? Head : Text;

/** A text as it was given, and any text where it is none; where it reads an unknown variable, what to do about that, which no text fits. */
export type CheckedTemplate<Text, Names extends string> = Text extends string
  ? UnknownVariable<Text, Names> extends infer Unknown extends string
    ? [Unknown] extends [never]
      ? Text
      : // A text with parts that are not known may begin a block in one of them.
        Record<never, never> extends Record<Text, true>
        ? Text
        : Unknown extends `${infer Id}.${infer Property}`
          ? `nothing has {{.${Id}.${Property}}}: read a property that the output schema of ${Id} has, or add ${Property} to it`
          : `nothing sets {{.${Unknown}}}: read a task's id, input, previous_output, error, failed_task, or declare it under variables`
    : Text
  : string;
