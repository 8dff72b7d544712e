import { isLoopback } from "../trust/is-loopback.ts";

/** Whether nobody but this machine reaches what listens at an address. */
export function isThisMachine(host: string): boolean {
  return host === "localhost" || isLoopback(host);
}
