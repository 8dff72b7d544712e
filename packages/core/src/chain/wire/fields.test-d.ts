// Holds the table of fields and the types of chain.ts equal. It is checked by the type checker and never run.
import type { DataType } from "../../value/data-type.ts";
import type { Json, JsonObject } from "../../value/json.ts";
import type {
  Branch,
  ChainDefinition,
  Compose,
  ExecuteConfig,
  HookCall,
  RetryPolicy,
  RoutingConfig,
  TaskDefinition,
  Transition,
} from "../chain.ts";
import type { ShapeName } from "./field.ts";
import type { FIELDS } from "./fields.ts";

interface Shapes extends Record<ShapeName, object> {
  chain: ChainDefinition;
  task: TaskDefinition;
  executeConfig: ExecuteConfig;
  routing: RoutingConfig;
  hook: HookCall;
  compose: Compose;
  transition: Transition;
  branch: Branch;
  retry: RetryPolicy;
}

type MapValues = { boolean: boolean; json: Json; dataType: DataType };

type ValueOf<V> = V extends { is: "text"; oneOf: readonly (infer Word)[] }
  ? Word | (V extends { schemaToo: true } ? JsonObject : never)
  : V extends { is: "text" }
    ? string
    : V extends { is: "boolean" | "schema" }
      ? V extends { is: "schema" }
        ? JsonObject
        : boolean
      : V extends { is: "number" | "integer" }
        ? number
        : V extends { is: "texts"; oneOf: readonly (infer Word)[] }
          ? readonly Word[]
          : V extends { is: "texts" }
            ? readonly string[]
            : V extends { is: "map"; of: infer Of extends keyof MapValues }
              ? Readonly<Record<string, MapValues[Of]>>
              : V extends { is: "shape"; shape: infer S extends ShapeName }
                ? Shapes[S]
                : V extends { is: "shapes"; shape: infer S extends ShapeName }
                  ? readonly Shapes[S][]
                  : never;

type FieldOf<S extends ShapeName> = (typeof FIELDS)[S][number];
type Flat<T> = { [K in keyof T]: T[K] };

/** The type that the table describes. */
type Described<S extends ShapeName> = Flat<
  {
    readonly [F in FieldOf<S> as F extends { required: true } ? F["name"] : never]: ValueOf<F["value"]>;
  } & {
    readonly [F in FieldOf<S> as F extends { required: true } ? never : F["name"]]?: ValueOf<F["value"]>;
  } & { readonly extra?: Readonly<Record<string, Json>> }
>;

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** One line for each shape, so that a difference is reported at its name. */
export const equal: { [S in ShapeName]: Equal<Described<S>, Flat<Shapes[S]>> } = {
  chain: true,
  task: true,
  executeConfig: true,
  routing: true,
  hook: true,
  compose: true,
  transition: true,
  branch: true,
  retry: true,
};
