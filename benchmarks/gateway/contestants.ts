import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Contestant } from "../measure/area.ts";
import { installed, study } from "../peers.ts";
import { serveCatenary } from "./catenary.ts";
import type { Listening } from "./listening.ts";
import { serveRelay } from "./relay.ts";

/** Something between a client and a server of models. */
export interface Gateway extends Contestant {
  /** What Node runs to serve it in a process of its own. */
  readonly run: readonly string[];
  /** Serves it in this process, where it is ours. */
  readonly serve?: (modelServer: string) => Promise<Listening>;
}

export const DIRECT = "the model server itself";
export const RELAY = "node:http, JSON read and written anew";
export const CATENARY = "Catenary";
export const PORTKEY = "Portkey";
/** Of what a new installation brings today, streams fail; with an older server below it they do not. */
export const PORTKEY_PINNED = "Portkey on @hono/node-server 1.14";

const SERVE = join(import.meta.dirname, "serve.ts");

export const modelServer = [SERVE, "models"];

/** Gateways of others: the file that serves each, and the folders that it is installed in. */
const PEERS = [
  { name: PORTKEY, file: "portkey", folders: ["portkey"] },
  { name: PORTKEY_PINNED, file: "portkey-pinned", folders: ["portkey-pinned"] },
  { name: "Hono + fetch", file: "hono-fetch", folders: ["hono"] },
  { name: "Hono + AI SDK", file: "hono-aisdk", folders: ["hono", "aisdk"] },
] as const;

export const gatewayPeers: readonly Gateway[] = PEERS.map(({ name, file, folders }) => {
  const script = join(study, "gateway", `${file}.mjs`);
  const missing = whyMissing(script, folders);
  return { name, run: [script], ...(missing !== undefined && { missing }) };
});

export const ownGateways: readonly Gateway[] = [
  { name: RELAY, run: [SERVE, "relay"], serve: serveRelay },
  { name: CATENARY, run: [SERVE, "catenary"], serve: serveCatenary },
];

function whyMissing(script: string, folders: readonly string[]): string | undefined {
  if (!existsSync(script)) return "the file that serves it is not here";
  const root = installed;
  if (root === undefined) return "BENCH_ENVS does not say where it is installed";
  const isInstalled = folders.every((folder) => existsSync(join(root, folder, "node_modules")));
  return isInstalled ? undefined : "it is not installed";
}
