import type { Runtime } from "@catenary/core";

/** The name beside an id, where it is another: backends that come over REST have ids that nobody chose. */
export function backendNameOf(runtime: Runtime, id: string): { readonly backendName?: string } {
  const name = runtime.backends.get(id)?.name;
  return name === undefined || name === id ? {} : { backendName: name };
}
