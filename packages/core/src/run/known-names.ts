import type { HandlerSpec } from "../chain/handler-spec.ts";
import type { RunParts } from "./run-parts.ts";

/** What chains can name in a runtime. */
export interface KnownNames {
  readonly handlers: ReadonlyMap<string, HandlerSpec>;
  readonly hooks: readonly string[];
  readonly policies: readonly string[];
  /** Ids and names of affinity groups. */
  readonly groups: readonly string[];
  /** What affinity groups are for. */
  readonly purposes: readonly string[];
  /** What the backends served when they were last asked; undefined where one of them was not asked yet or did not answer. */
  readonly models: readonly string[] | undefined;
}

export function knownNames({ handlers, hookNames, routing }: RunParts): KnownNames {
  return {
    handlers: new Map([...handlers].map(([name, { spec }]) => [name, spec])),
    hooks: hookNames(),
    policies: [...routing.policies.keys()],
    groups: routing.groups().flatMap(({ id, name }) => (name === undefined ? [id] : [id, name])),
    purposes: routing.groups().flatMap(({ purpose }) => purpose ?? []),
    models: routing.fleet.knownModels(),
  };
}
