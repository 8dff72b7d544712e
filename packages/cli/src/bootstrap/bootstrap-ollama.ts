import type { Runtime } from "@catenary/core";

/** The name that contenox/runtime's set-up script gives it, and looks for. */
const NAME = "local-ollama";

/** An id for a new backend. */
type Ids = () => string;

/**
 * Does what contenox/runtime's set-up script does: registers an Ollama as `local-ollama`, and puts it into the three internal groups.
 * What is there already stays. Resolves to the backend's id.
 */
export async function bootstrapOllama(runtime: Runtime, baseUrl: string, ids: Ids): Promise<string> {
  const id = await registerOllama(runtime, baseUrl, ids);
  for (const { id: groupId, origin, value } of runtime.groups.list()) {
    if (origin !== "internal" || value.backends.includes(id)) continue;
    await runtime.groups.update(groupId, { ...value, backends: [...value.backends, id] });
  }
  return id;
}

async function registerOllama({ backends, openBackend }: Runtime, baseUrl: string, ids: Ids): Promise<string> {
  const entries = backends.list();
  const same = entries.find(({ value }) => withoutSlash(value.baseUrl) === withoutSlash(baseUrl));
  if (same !== undefined) return same.id;
  const named = entries.find(({ value, origin }) => value.name === NAME && origin === "record");
  const id = named?.id ?? ids();
  const backend = openBackend({ type: "ollama", id, name: NAME, baseUrl });
  // The address is told anew at each start: the one that was kept may be that of a machine that is gone.
  if (named === undefined) await backends.create(backend, { origin: "record" });
  else await backends.update(id, backend);
  return id;
}

function withoutSlash(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, "");
}
