import { CatenaryError } from "../errors/catenary-error.ts";
import type { Backend } from "../model/backend.ts";
import type { Registry } from "../registry/registry.ts";
import { whileUnchanged } from "../registry/while-unchanged.ts";
import type { Clock } from "../surroundings/clock.ts";
import type { Logger } from "../surroundings/logger.ts";
import type { Random } from "../surroundings/random.ts";
import { isSameModel } from "../value/is-same-model.ts";
import type { BackendState } from "./backend-state.ts";
import { type Declarations, modelsFor } from "./declarations.ts";
import { Downloads } from "./downloads.ts";
import { Fleet } from "./fleet.ts";
import type { FleetEvent } from "./fleet-event.ts";
import { logFleetEvent } from "./log-fleet-event.ts";
import { Reconciler } from "./reconciler.ts";
import { stateEvents } from "./state-events.ts";

export interface FleetPartsOptions {
  readonly backends: Registry<Backend>;
  readonly declarations: () => Declarations;
  /** Follows what others changed in the record store. */
  readonly load: () => Promise<void>;
  readonly pull: "missing" | "never";
  /** In milliseconds. Undefined: where models are pulled, every half minute; else never. */
  readonly syncEveryMs: number | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
  readonly onEvent: (event: FleetEvent) => void;
  /** Told of each answer before anybody else. */
  readonly onAnswer: (state: BackendState) => void;
}

/** Everything that knows what the backends serve, and sees to it. */
export interface FleetParts {
  readonly fleet: Fleet;
  readonly downloads: Downloads;
  readonly reconciler: Reconciler;
  /** Something was registered, declared or removed. */
  changed(): void;
  /** Stops all of it, downloads too. */
  stop(reason: CatenaryError): void;
}

const SYNC_EVERY_MS = 30_000;

export function createFleetParts(options: FleetPartsOptions): FleetParts {
  const { clock, random, logger, pull, syncEveryMs, declarations } = options;
  const backends = whileUnchanged(options.backends, (values) => values);
  let isStopped = false;
  const tell = (event: FleetEvent) => {
    logFleetEvent(logger, event, (backend) => options.backends.get(backend)?.name);
    options.onEvent(event);
  };
  const fleet = new Fleet({
    backends,
    clock,
    logger,
    onAnswer: (state, before) => {
      options.onAnswer(state);
      // What is still being asked then may only fail because of that.
      if (isStopped) return;
      for (const event of stateEvents(before, state)) tell(event);
      reconciler.answered();
    },
  });
  const downloads = new Downloads({
    backendOf: (id) => options.backends.require(id),
    askAnew: (backend) => fleet.askAnew(backend),
    clock,
    random,
    onEvent: tell,
    isDeclared: ({ backend: id, model }) => {
      const backend = options.backends.get(id);
      return backend !== undefined && modelsFor(backend, declarations()).some((name) => isSameModel(name, model));
    },
  });
  const everyMs = syncEveryMs ?? (pull === "missing" ? SYNC_EVERY_MS : undefined);
  const { load } = options;
  const pulls = pull === "missing";
  const reconciler = new Reconciler({ fleet, downloads, backends, declarations, load, pulls, everyMs, clock, logger });
  return {
    fleet,
    downloads,
    reconciler,
    changed() {
      downloads.stop(({ backend }) => options.backends.get(backend) === undefined, removed());
      downloads.changed();
      reconciler.changed();
    },
    stop(reason) {
      isStopped = true;
      reconciler.stop();
      downloads.stop(() => true, reason);
    },
  };
}

function removed(): CatenaryError {
  return new CatenaryError("download_cancelled", "the backend was removed, so its downloads were cancelled", {
    failure: "cancelled",
  });
}
