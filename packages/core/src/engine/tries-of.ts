import type { RoutingConfig } from "../chain/chain.ts";

/** Model calls that may be made where neither retries nor routing say more. */
export const DEFAULT_TRIES = 3;

/** How many model calls may be made: what `routing` says, else another number. A number of attempts that is none counts as not given. */
export function triesOf(routing: RoutingConfig | undefined, otherwise: number): number {
  const attempts = routing?.attempts ?? 0;
  return attempts >= 1 ? attempts : otherwise;
}
