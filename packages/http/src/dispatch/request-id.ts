import type { Ids } from "@catenary/core";

const SENDABLE = /^[\w.:/+=-]{1,128}$/;

/** The id that a client gave, where it is one that can be sent back and logged; else a new one. */
export function requestIdOf(given: string | undefined, ids: Ids): string {
  return given !== undefined && SENDABLE.test(given) ? given : ids();
}
