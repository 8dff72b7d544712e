import type { RecordedEvent, RunEvent } from "../engine/run-event.ts";
import type { TypedEmitter } from "../events/typed-emitter.ts";
import type { FleetEventMap } from "../fleet/fleet-event.ts";
import type { NamedHandler } from "../handler/built-in-handlers.ts";
import type { HookDefinition } from "../hook/hook.ts";
import type { TokenCounter } from "../model/token-counter.ts";
import type { CallEvent, CallEventMap } from "../routing/call/call-event.ts";
import type { RoutingParts } from "../routing/selection/resolve.ts";
import type { RunStore } from "../store/run-store.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { Fetch } from "../surroundings/fetch.ts";
import type { Ids } from "../surroundings/ids.ts";
import type { Random } from "../surroundings/random.ts";
import type { JournalCall } from "./journal-call.ts";
import type { OpenCalls } from "./open-calls.ts";
import type { RuntimeDefaults } from "./runtime-defaults.ts";

/** What happens in runs. `events_dropped` does not: it is told to the reader that it concerns, and to nobody else. */
export type HeardEvent = Exclude<RunEvent, { readonly kind: "events_dropped" }>;

/**
 * The names under which events are heard: those of runs, and those of backends, and those of model calls outside of runs. `*` hears the events of runs that are recorded,
 * so neither pieces of text nor their resets, and nothing of backends and of calls outside.
 */
export type RunEventMap = { readonly [Kind in HeardEvent["kind"]]: Extract<HeardEvent, { kind: Kind }> } & {
  readonly "*": RecordedEvent;
} & FleetEventMap &
  CallEventMap;

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
  /** For drivers that keep what handlers did outside. Default: it is done, and kept nowhere. */
  readonly journalCall?: JournalCall;
  /** Writes down a model call outside of runs. Default: nobody does. */
  readonly logCall?: (event: CallEvent) => void;
  /** Prompts, conversations and embeddings outside of runs. */
  readonly openCalls: OpenCalls;
}
