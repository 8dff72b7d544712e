import type { Runtime } from "@catenary/core";

/** Reads what the record store holds. Undefined once that is done, so that nobody waits for nothing. */
export interface LoadRecords {
  (): Promise<void> | undefined;
  /** What was read may not be what the store holds any more: it is read again, now, and else by the next request. Never rejects. */
  again(): Promise<void>;
}

/** @param onFirst Called when they were read for the first time, and waited for. */
export function createLoadRecords(
  { chains, backends, models, groups, hooks }: Runtime,
  onFirst: () => Promise<void> = async () => {},
): LoadRecords {
  let isLoaded = false;
  let isFirst = true;
  let loading: Promise<void> | undefined;
  const load = async () => {
    try {
      for (const registry of [chains, backends, models, groups, hooks]) await registry.load();
      if (isFirst) await onFirst();
      isFirst = false;
      isLoaded = true;
    } finally {
      // What failed is tried again by the next request.
      loading = undefined;
    }
  };
  const once = () => {
    if (isLoaded) return undefined;
    loading ??= load();
    return loading;
  };
  const again = async () => {
    isLoaded = false;
    try {
      await once();
    } catch {
      // The next request is told of it.
    }
  };
  return Object.assign(once, { again });
}
