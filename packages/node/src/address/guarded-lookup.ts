import type { LookupAddress } from "node:dns";
import { lookup as systemLookup } from "node:dns";
import type { LookupFunction } from "node:net";
import { type AddressPolicy, checkAddress } from "./address-policy.ts";

/**
 * A lookup that a socket uses for itself, so that what was checked is what it connects to: a name that means something else a moment
 * later is looked up, and checked, again. One bad address among several refuses them all.
 */
export function guardedLookup(policy: AddressPolicy, lookup: LookupFunction = systemLookup): LookupFunction {
  return (host, options, answer) => {
    lookup(host, { ...options, all: true }, (error, found, family) => {
      if (error !== null) return answer(error, "");
      const addresses: LookupAddress[] = Array.isArray(found) ? found : [{ address: found, family: family ?? 4 }];
      try {
        for (const { address } of addresses) checkAddress(address, host, policy);
      } catch (refusal) {
        // Safe: the socket passes it on as it is, whatever kind of error it is.
        return answer(refusal as NodeJS.ErrnoException, "");
      }
      const [first] = addresses;
      if (options.all === true || first === undefined) return answer(null, addresses);
      answer(null, first.address, first.family);
    });
  };
}
