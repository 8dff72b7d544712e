import { ollama } from "../src/ollama.ts";

/** Where the tests look for a real Ollama. */
export const realUrl =
  process.env.CATENARY_OLLAMA_URL ??
  ollama(process.env.OLLAMA_HOST ? {} : { baseUrl: "http://127.0.0.1:11434" }).baseUrl ??
  "";

/** The small models that the tests ask. */
export const realModels = { chat: "smollm2:135m", embedding: "all-minilm:latest" } as const;

/** Why the tests on a real server cannot run, or `undefined`. */
export async function whyNotRun(): Promise<string | undefined> {
  try {
    const listed = await ollama({ baseUrl: realUrl }).listModels({ signal: AbortSignal.timeout(5000) });
    const missing = Object.values(realModels).filter((name) => !listed.some((model) => model.id === name));
    return missing.length === 0 ? undefined : `Ollama at ${realUrl} has no ${missing.join(" and no ")}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Why tests may not make models on the server, or `undefined`. A developer's own Ollama is only asked, never changed: who
 * wants these tests says so, with `CATENARY_REQUIRE=ollama` or by giving a server for tests.
 */
export function whyNoChanges(): string | undefined {
  if ((process.env.CATENARY_REQUIRE ?? "").includes("ollama") || process.env.CATENARY_OLLAMA_URL) return undefined;
  return "it makes a model on the server; allow that with CATENARY_REQUIRE=ollama or CATENARY_OLLAMA_URL";
}

/**
 * Tells why a suite is left out; fails instead where `CATENARY_REQUIRE` asks for it.
 *
 * @param name By which it can be asked for. Default `ollama`.
 */
export function notRun(suite: string, reason: string, name = "ollama"): void {
  const required = (process.env.CATENARY_REQUIRE ?? "").split(",").map((text) => text.trim());
  if (required.includes(name)) throw new Error(`${suite} is required, but cannot run: ${reason}`);
  console.log(`not run: ${suite}: ${reason}`);
}
