import type { RunEvent } from "../engine/run-event.ts";
import type { TypedEmitter } from "../events/typed-emitter.ts";
import type { NamedHandler } from "../handler/built-in-handlers.ts";
import type { HookDefinition } from "../hook/hook.ts";
import type { TokenCounter } from "../model/token-counter.ts";
import type { RoutingParts } from "../routing/resolve.ts";
import type { RunStore } from "../store/run-store.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { Fetch } from "../surroundings/fetch.ts";
import type { Ids } from "../surroundings/ids.ts";
import type { Random } from "../surroundings/random.ts";
import type { RuntimeDefaults } from "./runtime-defaults.ts";

/** The names under which run events are heard; `*` hears all. */
export type RunEventMap = { readonly [Kind in RunEvent["kind"]]: Extract<RunEvent, { kind: Kind }> } & {
  readonly "*": RunEvent;
};

/** What runs need of the runtime. */
export interface RunParts {
  readonly handlers: ReadonlyMap<string, NamedHandler>;
  readonly hook: (name: string) => HookDefinition | undefined;
  readonly hookNames: () => readonly string[];
  readonly routing: RoutingParts;
  readonly defaults: RuntimeDefaults;
  readonly store: RunStore;
  readonly tokens: TokenCounter;
  readonly clock: Clock;
  readonly random: Random;
  readonly ids: Ids;
  readonly fetch: Fetch;
  readonly emitter: TypedEmitter<RunEventMap>;
}
