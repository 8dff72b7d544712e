import type { AddressPolicy } from "../address/address-policy.ts";
import { refuseRequest } from "./refuse-request.ts";

/**
 * Where one request may go: never to more than its transport allows.
 *
 * @throws TransportError `request_invalid`
 */
export function readPolicy(asked: AddressPolicy | undefined, allowed: AddressPolicy): AddressPolicy {
  if (asked === undefined) return allowed;
  if (asked !== "registered" && asked !== "public")
    refuseRequest(`addresses is "registered" or "public", got ${JSON.stringify(asked)}`);
  return allowed === "public" ? allowed : asked;
}
