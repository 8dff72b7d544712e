import type { LookupFunction } from "node:net";
import type { SecureContextOptions } from "node:tls";
import type { AddressPolicy } from "./address/address-policy.ts";
import { TransportError } from "./transport-error.ts";

/** What a connection with TLS is made with, as Node takes it. */
export type TlsOptions = Pick<SecureContextOptions, "ca" | "cert" | "key" | "passphrase">;

export interface NodeFetchOptions {
  /**
   * Where requests may go. `registered` (default): addresses that code or an operator gave, which may be private but never link-local
   * or a cloud's metadata. `public`: addresses that came out of requests, templates or models, which may not be private either. A
   * redirect to another origin is always held to `public`.
   */
  readonly addresses?: AddressPolicy;
  /** How many redirects are followed. Default 3. */
  readonly maxRedirects?: number;
  /** How many connections one origin gets at once; further requests wait for one. Default 256. */
  readonly connectionsPerOrigin?: number;
  /** How long a connection that nobody uses is kept, in milliseconds; less where its server says so. Default 4,000. */
  readonly idleMs?: number;
  /**
   * How long a new connection may take, in milliseconds: until the name is looked up, the server has taken it and, with TLS, it is secured.
   * After it the request fails with the code `ETIMEDOUT`. Default 10,000.
   */
  readonly connectTimeoutMs?: number;
  /** How long the head of an answer may be, in bytes. Default 16,384. */
  readonly maxHeaderBytes?: number;
  /** How long a body may be, in bytes, after it was decompressed. Default 134,217,728 (128 MiB). */
  readonly maxBodyBytes?: number;
  /** Resolves names. What it answers is checked. Default: Node's `dns.lookup`. */
  readonly lookup?: LookupFunction;
  /** Certificates to trust and to show. Default: Node's. */
  readonly tls?: TlsOptions;
}

export type NodeFetchSettings = Required<Omit<NodeFetchOptions, "lookup" | "tls">> &
  Pick<NodeFetchOptions, "lookup" | "tls">;

const COUNTS = {
  maxRedirects: { standard: 3, least: 0 },
  connectionsPerOrigin: { standard: 256, least: 1 },
  idleMs: { standard: 4_000, least: 1 },
  connectTimeoutMs: { standard: 10_000, least: 1 },
  maxHeaderBytes: { standard: 16_384, least: 1 },
  maxBodyBytes: { standard: 128 * 1024 * 1024, least: 1 },
} as const;

/** @throws TransportError `settings_invalid` */
export function readOptions(options: NodeFetchOptions): NodeFetchSettings {
  const { addresses = "registered", lookup, tls } = options;
  if (addresses !== "registered" && addresses !== "public")
    throw invalid("addresses", '"registered" or "public"', addresses);
  if (lookup !== undefined && typeof lookup !== "function")
    throw invalid("lookup", "a function as dns.lookup is", lookup);
  const count = (name: keyof typeof COUNTS) => {
    const { standard, least } = COUNTS[name];
    const value = options[name] ?? standard;
    if (Number.isSafeInteger(value) && value >= least) return value;
    throw invalid(name, `a whole number of at least ${least}`, value);
  };
  return {
    addresses,
    maxRedirects: count("maxRedirects"),
    connectionsPerOrigin: count("connectionsPerOrigin"),
    idleMs: count("idleMs"),
    connectTimeoutMs: count("connectTimeoutMs"),
    maxHeaderBytes: count("maxHeaderBytes"),
    maxBodyBytes: count("maxBodyBytes"),
    ...(lookup !== undefined && { lookup }),
    ...(tls !== undefined && { tls }),
  };
}

function invalid(name: string, expected: string, got: unknown): TransportError {
  return new TransportError("settings_invalid", `nodeFetch's ${name} must be ${expected}, got ${String(got)}`);
}
