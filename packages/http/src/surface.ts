import { type Clock, type Ids, type Logger, type RecordStore, type Runtime, systemClock } from "@catenary/core";
import type { HttpLimits, HttpOptions } from "./http-options.ts";
import { createLoadRecords, type LoadRecords } from "./records/load-records.ts";
import { recordBookOf } from "./records/record-book.ts";

/** What the routes have: the runtime, and what is around it. */
export interface Surface {
  readonly runtime: Runtime;
  readonly records: RecordStore;
  /** To be waited for before anything that was registered is looked at. */
  readonly loadRecords: LoadRecords;
  readonly options: HttpOptions;
  readonly limits: Required<HttpLimits>;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Milliseconds since the Unix epoch. */
  now(): number;
  /** Another one in each process. */
  readonly instanceId: string;
}

export function createSurface(runtime: Runtime, options: HttpOptions): Surface {
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? (() => crypto.randomUUID());
  const surface: Surface = {
    runtime,
    records: options.records ?? runtime.records,
    loadRecords: createLoadRecords(runtime, () => recordBookOf(surface).keepAges()),
    options,
    limits: readLimits(options.limits),
    clock,
    ids,
    logger: options.logger ?? { log() {} },
    now: () => clock.now(),
    instanceId: ids().slice(0, 8),
  };
  return surface;
}

/** They were checked with the other options. */
function readLimits(given: HttpLimits = {}): Required<HttpLimits> {
  return {
    bodyBytes: given.bodyBytes ?? 10 * 2 ** 20,
    bodyTimeoutMs: given.bodyTimeoutMs ?? 30_000,
    yamlBytes: given.yamlBytes ?? 512 * 2 ** 10,
    depth: given.depth ?? 64,
    values: given.values ?? 100_000,
    chainValues: given.chainValues ?? 20_000,
  };
}
