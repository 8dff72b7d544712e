import { TransportError } from "../transport-error.ts";
import { type AddressKind, kindOfAddress } from "./kind-of-address.ts";

/**
 * Who said where to go. `registered`: code or an operator, who may mean a private network or this very machine, but never a link-local
 * address or that of a cloud's metadata. `public`: a request, a template, a model or a redirect, which may only name what everybody
 * can reach.
 */
export type AddressPolicy = "registered" | "public";

const REFUSED_ALWAYS: readonly AddressKind[] = ["link-local", "metadata"];

/**
 * Refuses an address to which a request must not go.
 *
 * @param host The name that led to it.
 * @throws TransportError `address_refused`
 */
export function checkAddress(address: string, host: string, policy: AddressPolicy): void {
  const kind = kindOfAddress(address);
  const isAllowed = kind !== undefined && (policy === "public" ? kind === "public" : !REFUSED_ALWAYS.includes(kind));
  if (isAllowed) return;
  const place = host === address ? address : `${host} (${address})`;
  const what = kind === undefined ? "no IP address" : WORDS[kind];
  const isRefusedAlways = kind !== undefined && REFUSED_ALWAYS.includes(kind);
  const wanted =
    policy === "public" && !isRefusedAlways
      ? "an address that comes from a request, a template, a model or a redirect must be public. If it is meant, register this very address, in code or as an operator: that another one leads to it is not enough"
      : "no request goes to link-local addresses or to a cloud's metadata. Give the address of the server itself";
  throw new TransportError("address_refused", `${place} is ${what}: ${wanted}`, { details: { host, address } });
}

const WORDS: Readonly<Record<AddressKind, string>> = {
  public: "a public address",
  loopback: "this machine itself",
  private: "a private address",
  unspecified: "the unspecified address, which is this machine itself",
  "link-local": "a link-local address",
  metadata: "the address of a cloud's metadata",
  multicast: "a multicast address",
  reserved: "a reserved address",
};
