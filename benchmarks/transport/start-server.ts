import { fork } from "node:child_process";
import { join } from "node:path";

export interface StartedServer {
  readonly url: string;
  stop(): void;
}

/** Starts the server in a process of its own, so that what it costs is not counted. */
export async function startServer(): Promise<StartedServer> {
  const child = fork(join(import.meta.dirname, "server.ts"), { execArgv: ["--no-warnings"], stdio: "inherit" });
  const port = await new Promise<unknown>((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  // Nobody waits for it at the end.
  child.unref();
  child.channel?.unref();
  return { url: `http://127.0.0.1:${port}`, stop: () => void child.kill() };
}
