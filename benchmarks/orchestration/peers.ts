import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Contestant } from "../measure/area.ts";
import { installed, study } from "../peers.ts";
import type { Engine } from "./engine.ts";

/** Engines of others: the file that drives each, and the folder that it is installed in. */
const PEERS = [
  { name: "XState, pure transitions", file: "xstate-pure", folder: "xstate" },
  { name: "XState, actors", file: "xstate-actor", folder: "xstate" },
  { name: "Genkit", file: "genkit", folder: "genkit" },
  { name: "p-retry + p-timeout", file: "pretry", folder: "pretry" },
  { name: "Mastra", file: "mastra", folder: "mastra" },
  { name: "LangGraph", file: "langgraph", folder: "langgraph" },
  { name: "LangGraph + MemorySaver", file: "langgraph-memory", folder: "langgraph" },
] as const;

export const peers: readonly Contestant[] = PEERS.map(({ name, file, folder }) => {
  const missing = whyMissing(file, folder);
  return missing === undefined ? { name } : { name, missing };
});

function whyMissing(file: string, folder: string): string | undefined {
  if (!existsSync(join(study, "orchestration", `${file}.mjs`))) return "the file that drives it is not here";
  if (installed === undefined) return "BENCH_ENVS does not say where it is installed";
  return existsSync(join(installed, folder, "node_modules")) ? undefined : "it is not installed";
}

/** The engine of another project, under the same contract as ours. Undefined: none has this name. */
export async function loadPeer(name: string): Promise<Engine | undefined> {
  const peer = PEERS.find((one) => one.name === name);
  if (peer === undefined || installed === undefined) return undefined;
  const from = pathToFileURL(join(installed, peer.folder, "from.mjs")).href;
  const { setup } = await import(pathToFileURL(join(study, "orchestration", `${peer.file}.mjs`)).href);
  return setup({ load: (specifier: string) => import(import.meta.resolve(specifier, from)) });
}
