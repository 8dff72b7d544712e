/** Where the tests look for a real server of OpenAI's protocol: an Ollama. */
export const realUrl = `${rootOf(process.env.OLLAMA_HOST || "http://127.0.0.1:11434")}/v1`;

/** The small models that the tests ask. */
export const realModels = { chat: "smollm2:135m", embedding: "all-minilm:latest" } as const;

/** Why the tests on the real server cannot run, or `undefined`. */
export async function whyNotRun(): Promise<string | undefined> {
  try {
    const response = await fetch(`${realUrl}/models`, { signal: AbortSignal.timeout(5000) });
    const text = await response.text();
    const missing = Object.values(realModels).filter((name) => !text.includes(`"${name}"`));
    return missing.length === 0 ? undefined : `the server at ${realUrl} has no ${missing.join(" and no ")}`;
  } catch {
    return `nothing answers on ${realUrl}`;
  }
}

/** Tells why a suite is left out; fails instead where the environment asks for it. */
export function notRun(suite: string, reason: string): void {
  const required = (process.env.CATENARY_REQUIRE ?? "").split(",").map((name) => name.trim());
  if (required.includes("ollama")) throw new Error(`${suite} is required, but cannot run: ${reason}`);
  console.log(`not run: ${suite}: ${reason}`);
}

/** `OLLAMA_HOST` may lack the protocol or the port, and may be an address to listen on. */
function rootOf(host: string): string {
  const url = new URL(/^https?:\/\//.test(host) ? host : `http://${host}`);
  if (url.hostname === "0.0.0.0") url.hostname = "127.0.0.1";
  if (url.port === "" && !/^https?:\/\//.test(host)) url.port = "11434";
  return url.href.replace(/\/+$/, "");
}
