import { type ChildProcess, execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

export const tools = join(import.meta.dirname, "../../../../shared/bin");
export const cache = process.env.CATENARY_CACHE ?? join(homedir(), ".cache/catenary-dev");
const run = promisify(execFile);

/** Why no second server and no registry can be started here, or `undefined`. */
export function whyNoPull(): string | undefined {
  for (const tool of ["ollama-up", "model-registry"]) {
    if (!existsSync(join(tools, tool))) return `../shared/bin/${tool} is not there`;
  }
  return existsSync(join(cache, "bin/ollama")) ? undefined : "no Ollama is built; run ../shared/bin/ollama-up once";
}

export interface EmptyServer extends AsyncDisposable {
  readonly url: string;
  /** Names a model so that the server pulls it from the registry on this machine. */
  name(model: string): string;
}

/** Starts a real Ollama without models, and a registry that it can pull from. */
export async function startEmptyServer(): Promise<EmptyServer> {
  const [port, registryPort] = [await freePort(), await freePort()];
  const models = await mkdtemp(join(tmpdir(), "catenary-ollama-"));
  const env = { ...process.env, OLLAMA_PORT: String(port), OLLAMA_MODELS: models };
  const registry = spawn(join(tools, "model-registry"), ["--port", String(registryPort), "--rate", "60000000"], {
    stdio: "ignore",
  });
  const stop = async () => {
    registry.kill();
    await run(join(tools, "ollama-up"), ["--stop"], { env });
    await rm(models, { recursive: true, force: true });
  };
  try {
    await answered(`http://127.0.0.1:${registryPort}/`, registry);
    const { stdout } = await run(join(tools, "ollama-up"), ["--empty"], { env });
    const url = stdout.trim().split("\n").at(-1) ?? "";
    return { url, name: (model) => `127.0.0.1:${registryPort}/library/${model}`, [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function answered(url: string, server: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 100 && server.exitCode === null; tries++) {
    if (
      await fetch(url).then(
        () => true,
        () => false,
      )
    )
      return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`nothing answers on ${url}, although it was started`);
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}
