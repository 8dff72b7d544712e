export type { AddressPolicy } from "./address/address-policy.ts";
export { defaultFetch } from "./default-fetch.ts";
export type { ConnectionCounts, NodeFetch } from "./node-fetch.ts";
export { nodeFetch } from "./node-fetch.ts";
export type { NodeFetchOptions, TlsOptions } from "./node-fetch-options.ts";
export type { NodeRequestInit } from "./request/node-request-init.ts";
export { TransportError, type TransportErrorCode } from "./transport-error.ts";
