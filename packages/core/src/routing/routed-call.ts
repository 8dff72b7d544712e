import type { RoutedCall } from "./journey.ts";
import type { Wanted } from "./model-request.ts";
import type { RoutingParts } from "./resolve.ts";
import type { TryOptions } from "./try-candidates.ts";

/** A call under way that belongs to no run. */
export interface OpenCall {
  /** Aborts when the caller's does, and when the runtime is closed. */
  readonly signal: AbortSignal;
  /** It is over. */
  close(): void;
}

/** What the models that are routers need. */
export interface RouterOptions {
  readonly parts: RoutingParts;
  /** Which models may take the calls. */
  readonly chosen: Wanted;
  /** How many candidates a call may try. */
  readonly tries: number;
  /** Until when a call that begins at a time may try, both in milliseconds since the Unix epoch; undefined: for ever. */
  readonly deadlineOf: (startedAt: number) => number | undefined;
  /** Registers a call, so that the runtime can end it. Throws where the runtime is closed. */
  readonly open: (signal: AbortSignal | undefined) => OpenCall;
}

/** How one call of a router is tried, with what is known of it once it is over. */
export class CallOfRouter {
  readonly options: TryOptions;
  #routed: RoutedCall | undefined;

  constructor({ parts, tries, deadlineOf, open }: RouterOptions, signal: AbortSignal | undefined) {
    const call = open(signal);
    this.options = {
      triesLeft: tries,
      signal: call.signal,
      deadlineAt: deadlineOf(parts.clock.now()),
      isCommitted: () => false,
      onRouted: (routed) => {
        this.#routed = routed;
        call.close();
      },
    };
  }

  /** Undefined until it is over. */
  get routed(): RoutedCall | undefined {
    return this.#routed;
  }
}
