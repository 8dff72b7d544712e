import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Socket } from "node:net";
import { type AddressPolicy, checkAddress } from "./address/address-policy.ts";
import { guardedLookup } from "./address/guarded-lookup.ts";
import { parseAddress } from "./address/parse-address.ts";
import { limitConnecting } from "./limit-connecting.ts";
import type { NodeFetchSettings } from "./node-fetch-options.ts";

/** How many connections there are right now. */
export interface ConnectionCounts {
  /** With a request on them. */
  readonly active: number;
  /** Kept for the next request. */
  readonly idle: number;
  /** Requests that wait for a connection. */
  readonly waiting: number;
}

interface Found {
  readonly hostname: string;
  readonly protocol: string;
  readonly policy: AddressPolicy;
  readonly agent: HttpAgent;
}

/**
 * The connections of one transport. Those that were made under one policy are not used under the other: what was allowed for the one
 * may be forbidden for the other.
 */
export class Connections {
  readonly #settings: NodeFetchSettings;
  readonly #agents = new Map<string, HttpAgent>();
  /** Most requests go where the one before them went. */
  #last: Found | undefined;

  constructor(settings: NodeFetchSettings) {
    this.#settings = settings;
  }

  /**
   * What keeps the connections for an address.
   *
   * @throws TransportError `address_refused` where the address itself, without any lookup, is not allowed.
   */
  agentFor({ protocol, hostname }: URL, policy: AddressPolicy): HttpAgent {
    const last = this.#last;
    if (last?.hostname === hostname && last.protocol === protocol && last.policy === policy) return last.agent;
    const agent = this.#findAgent(protocol, hostname, policy);
    this.#last = { hostname, protocol, policy, agent };
    return agent;
  }

  #findAgent(protocol: string, hostname: string, policy: AddressPolicy): HttpAgent {
    const host = bareHost(hostname);
    // A socket looks up names only.
    if (parseAddress(host) !== undefined) checkAddress(host, host, policy);
    const key = `${policy} ${protocol}`;
    const known = this.#agents.get(key);
    if (known !== undefined) return known;
    const agent = this.#createAgent(protocol === "https:", policy);
    this.#agents.set(key, agent);
    return agent;
  }

  counts(): ConnectionCounts {
    const sum = (pick: (agent: HttpAgent) => readonly { readonly destroyed: boolean }[]) =>
      [...this.#agents.values()].reduce(
        (total, agent) => total + pick(agent).filter((one) => !one.destroyed).length,
        0,
      );
    return {
      active: sum(({ sockets }) => flat(sockets)),
      idle: sum(({ freeSockets }) => flat(freeSockets)),
      waiting: sum(({ requests }) => flat(requests)),
    };
  }

  /** Breaks all connections, and resolves when they are gone. */
  async close(): Promise<void> {
    const agents = [...this.#agents.values()];
    for (const agent of agents) for (const request of flat(agent.requests)) request.destroy();
    // For a request that waited, a new connection may be begun when another one ends, although it is destroyed.
    for (let open = openSockets(agents); open.length > 0; open = openSockets(agents)) {
      const closed = open.map((socket) => new Promise<void>((resolve) => void socket.once("close", () => resolve())));
      for (const socket of open) socket.destroy();
      await Promise.all(closed);
    }
  }

  #createAgent(isSecure: boolean, policy: AddressPolicy): HttpAgent {
    const { connectionsPerOrigin, connectTimeoutMs, idleMs, tls, lookup } = this.#settings;
    const options = {
      keepAlive: true,
      // The one used last has been idle for the shortest time, so its server is the least likely to have left.
      scheduling: "lifo" as const,
      maxSockets: connectionsPerOrigin,
      maxFreeSockets: connectionsPerOrigin,
      // Closes what is idle. A request is not ended by it: how long one may take is for the runtime to say.
      timeout: idleMs,
      noDelay: true,
      lookup: guardedLookup(policy, lookup),
    };
    return isSecure
      ? limitConnecting(new HttpsAgent({ ...options, ...tls }), "secureConnect", connectTimeoutMs)
      : limitConnecting(new HttpAgent(options), "connect", connectTimeoutMs);
  }
}

/** An IPv6 address stands in brackets in a URL, and nowhere else. */
export function bareHost(hostname: string): string {
  return hostname.startsWith("[") ? hostname.slice(1, -1) : hostname;
}

function openSockets(agents: readonly HttpAgent[]): Socket[] {
  return agents.flatMap(({ sockets, freeSockets }) => [...flat(sockets), ...flat(freeSockets)]);
}

function flat<T>(byName: NodeJS.ReadOnlyDict<T[]>): T[] {
  return Object.values(byName).flatMap((list) => list ?? []);
}
