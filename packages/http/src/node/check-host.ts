import { CatenaryError } from "@catenary/core";
import { isThisMachine } from "./is-this-machine.ts";

/** Refuses an address that others than this machine reach, where they would need no key. */
export function checkHost(host: string, mayBeReached: boolean): void {
  if (mayBeReached || isThisMachine(host)) return;
  throw new CatenaryError(
    "http_insecure",
    `others than this machine could do everything at ${host}: give createHttpHandler({ keys: ["…"] }), or listen at 127.0.0.1, or say insecure: true where something else keeps them out`,
  );
}
