import type { Backend, BackendRecord, Entry, Logger, Runtime } from "@catenary/core";

/** The name that contenox/runtime's set-up script gives it, and looks for. */
const NAME = "local-ollama";

/** An id for a new backend. */
type Ids = () => string;

/**
 * Does what contenox/runtime's set-up script does: registers an Ollama as `local-ollama`, and puts it into the three internal groups.
 * What is there already stays. Resolves to the backend's id.
 */
export async function bootstrapOllama(runtime: Runtime, baseUrl: string, ids: Ids, logger: Logger): Promise<string> {
  const id = await registerOllama(runtime, baseUrl, ids, logger);
  for (const { id: groupId, origin, value } of runtime.groups.list()) {
    if (origin !== "internal" || value.backends.includes(id)) continue;
    await runtime.groups.update(groupId, { ...value, backends: [...value.backends, id] });
  }
  return id;
}

async function registerOllama(runtime: Runtime, baseUrl: string, ids: Ids, logger: Logger): Promise<string> {
  const { backends, openBackend } = runtime;
  const entries = backends.list();
  const named = entries.find(({ value, origin }) => value.name === NAME && origin === "record");
  const id = named?.id ?? ids();
  // Opened it says its address as all others do, however it was written.
  const backend = openBackend({ type: "ollama", id, name: NAME, baseUrl });
  const same = entries.find(({ value }) => withoutSlash(value.baseUrl) === withoutSlash(backend.baseUrl));
  if (same !== undefined) {
    if (named !== undefined && named !== same) tellKept(logger, named, same);
    if (same.origin === "record") await allowPrivate(runtime, same.id);
    return same.id;
  }
  // The address is told anew at each start: the one that was kept may be that of a machine that is gone.
  if (named === undefined) await backends.create(backend, { origin: "record" });
  else await backends.update(id, backend);
  return id;
}

/** Who sets the environment is an operator, and means the address, whoever registered it before. */
async function allowPrivate({ backends, openBackend, records }: Runtime, id: string): Promise<void> {
  // Safe: only backends' records are kept under this kind, and their type looks at each part.
  const record = (await records.get("backend", id)) as BackendRecord | undefined;
  if (record?.addresses === undefined) return;
  const { addresses: _held, ...rest } = record;
  await backends.update(id, openBackend(rest));
}

/** Two backends never have one address, and what somebody registered is not removed behind their back. */
function tellKept(logger: Logger, kept: Entry<Backend>, used: Entry<Backend>): void {
  const name = used.value.name ?? used.id;
  logger.log("warn", "backend_kept", {
    backend: kept.id,
    backendName: NAME,
    baseUrl: kept.value.baseUrl,
    used: name,
    why: `OLLAMA_BACKEND_URL is the address of the backend ${name}, which is used; ${NAME} stays at ${kept.value.baseUrl} and in its groups. Remove it with DELETE /backends/${kept.id} where that is gone`,
  });
}

function withoutSlash(url: string | undefined): string | undefined {
  return url?.replace(/\/+$/, "");
}
