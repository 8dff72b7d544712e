import type { Clock, Ids, Logger, RecordStore } from "@catenary/core";
import type { RouteNoun } from "./route-noun.ts";

export interface HttpLimits {
  /** The longest body, in bytes. Default 10 MiB. */
  readonly bodyBytes?: number;
  /** How long a client may take to send a body, in milliseconds. Default 30,000. */
  readonly bodyTimeoutMs?: number;
  /** The longest body in YAML, in bytes: reading it takes far longer than JSON. Default 512 KiB. */
  readonly yamlBytes?: number;
  /** How deep a body may be nested. Default 64. */
  readonly depth?: number;
  /** How many values a body may have: fields and items on all levels. Default 100,000. */
  readonly values?: number;
  /** How many values a chain that is sent may have: its tasks, their branches and all other fields and items. Default 20,000. */
  readonly chainValues?: number;
}

/** Everything has a default. */
export interface HttpOptions {
  /** The path under which the surface hangs: `/ai`. Everything below it is answered here. Default: the root; paths that are none of ours are left to the host. */
  readonly mount?: string;
  /** Who gives one of these, as `Authorization: Bearer …` or `X-API-Key`, may do everything; nobody else may do anything. Default: no keys; only this machine is trusted. */
  readonly keys?: readonly string[];
  /** Further names by which clients may call this host without a key (`Host`, without a port), beside names of this machine and addresses written as numbers: no web page can reach it by those. `any` takes all, and so do keys. Default: none. */
  readonly hosts?: readonly string[] | "any";
  /** Origins of web pages that may call, and read the answers (CORS), such as `https://app.example.com`. Where there are keys, they need one too. Default: none but the host itself. */
  readonly origins?: readonly string[];
  /** What is served: `["execution", "openai"]` lets clients run chains and ask models, and neither see nor change what is registered. Default: everything. */
  readonly routes?: readonly RouteNoun[];
  readonly limits?: HttpLimits;
  /** Where the surface keeps what the runtime's registries do not: keys of providers, and when what was made. Default: where the runtime keeps its records. */
  readonly records?: RecordStore;
  /** What `GET /version` says. Default `dev`. */
  readonly version?: string;
  /** What `GET /version` says. Default: the UUID of zeros. */
  readonly tenancy?: string;
  /** Gets one record for each request. Default: nobody. */
  readonly logger?: Logger;
  readonly clock?: Clock;
  readonly ids?: Ids;
}
