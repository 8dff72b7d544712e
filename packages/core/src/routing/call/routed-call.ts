import type { RoutingParts } from "../selection/resolve.ts";
import type { CallOwner } from "./call-owner.ts";
import type { RoutedCall } from "./journey.ts";
import type { Wanted } from "./model-request.ts";
import type { TryOptions } from "./try-candidates.ts";
import { withRoute } from "./with-route.ts";

/** What the models that are routers need. */
export interface RouterOptions {
  readonly parts: RoutingParts;
  /** Which models may take the calls. */
  readonly chosen: Wanted;
  /** How many candidates a call may try. */
  readonly tries: number;
  /** Until when a call that begins at a time may try, both in milliseconds since the Unix epoch; undefined: for ever. */
  readonly deadlineOf: (startedAt: number) => number | undefined;
  /** Ends the calls with itself. */
  readonly owner: CallOwner;
  /** Told of each call when it is over. */
  readonly onRouted?: (call: RoutedCall) => void;
}

/** How one call of a router is tried, with what is known of it once it is over. */
export class CallOfRouter {
  readonly options: TryOptions;
  #routed: RoutedCall | undefined;

  constructor({ parts, tries, deadlineOf, owner, onRouted }: RouterOptions, signal: AbortSignal | undefined) {
    this.options = {
      triesLeft: tries,
      signal,
      owner,
      deadlineAt: deadlineOf(parts.clock.now()),
      isCommitted: () => false,
      onRouted: (routed) => {
        this.#routed = routed;
        tell(onRouted, routed);
      },
    };
  }

  /** The error of the call, with the way that it went. */
  failed(error: unknown): unknown {
    return withRoute(error, this.#routed?.route, this.options.signal);
  }

  /** Undefined until it is over. */
  get routed(): RoutedCall | undefined {
    return this.#routed;
  }
}

/** Who listens is no part of the call: it cannot make it fail. */
function tell(listener: RouterOptions["onRouted"], routed: RoutedCall): void {
  try {
    listener?.(routed);
  } catch {
    // Nobody is there who could be told.
  }
}
