import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { cache, freePort, tools } from "./empty-server.ts";

const run = promisify(execFile);

/** Why no servers of our own can be started here, or `undefined`. */
export function whyNoServers(): string | undefined {
  if (!existsSync(join(tools, "ollama-up"))) return "../shared/bin/ollama-up is not there";
  const isReady = existsSync(join(cache, "bin/ollama")) && existsSync(join(cache, "models/manifests"));
  return isReady ? undefined : "no Ollama with models is there; run ../shared/bin/ollama-up once";
}

/** A real Ollama with the small models, which can be killed and started again at the same place. */
export interface MortalServer extends AsyncDisposable {
  readonly url: string;
  /** At once, with all that it has under way. */
  kill(): Promise<void>;
  start(): Promise<void>;
}

export async function startMortalServer(): Promise<MortalServer> {
  const port = await freePort();
  const { OLLAMA_MODELS: _, ...surroundings } = process.env;
  const env = { ...surroundings, OLLAMA_PORT: String(port) };
  const kill = async () => {
    const pid = Number(await readFile(join(cache, `ollama-${port}.pid`), "utf8").catch(() => ""));
    // It leads a group, to which the processes belong that have its models.
    if (pid > 0) killGroup(pid);
    await run(join(tools, "ollama-up"), ["--stop"], { env });
  };
  const start = async () => void (await run(join(tools, "ollama-up"), [], { env }));
  try {
    await start();
  } catch (error) {
    await kill();
    throw error;
  }
  return { url: `http://127.0.0.1:${port}`, kill, start, [Symbol.asyncDispose]: kill };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It is dead already.
  }
}
