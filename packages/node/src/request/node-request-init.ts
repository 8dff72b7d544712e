import type { AddressPolicy } from "../address/address-policy.ts";

/** What `fetch` is given, and one thing more. */
export interface NodeRequestInit extends RequestInit {
  /**
   * `public` where this address came out of a request, a template, a model, or a redirect that the caller follows itself. It can only
   * narrow what the transport allows. Default: the transport's own `addresses`.
   */
  readonly addresses?: AddressPolicy;
}
