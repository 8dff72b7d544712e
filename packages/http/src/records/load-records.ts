import type { Runtime } from "@catenary/core";

/** Reads what a record store held before this process began. Undefined once that is done, so that nobody waits for nothing. */
export type LoadRecords = () => Promise<void> | undefined;

export function createLoadRecords({ chains, backends, models, groups, hooks }: Runtime): LoadRecords {
  let isLoaded = false;
  let loading: Promise<void> | undefined;
  const load = async () => {
    try {
      for (const registry of [chains, backends, models, groups, hooks]) await registry.load();
      isLoaded = true;
    } finally {
      // What failed is tried again by the next request.
      loading = undefined;
    }
  };
  return () => {
    if (isLoaded) return undefined;
    loading ??= load();
    return loading;
  };
}
