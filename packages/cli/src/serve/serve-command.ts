import { join } from "node:path";
import { CatenaryError, type Runtime } from "@catenary/core";
import { createHttpHandler } from "@catenary/http";
import { isThisMachine, type ServedHttp, serveHttp } from "@catenary/http/node";
import { nodeFetch } from "@catenary/node";
import { type SqliteStores, sqliteStores } from "@catenary/sqlite";
import { bootstrapOllama } from "../bootstrap/bootstrap-ollama.ts";
import { declareModels } from "../bootstrap/declare-models.ts";
import type { Command } from "../command/command.ts";
import type { Surroundings } from "../command/surroundings.ts";
import { createLog, type Log } from "../log/create-log.ts";
import { type LocalModel, openLocalModel } from "../models/local-model.ts";
import { VERSION } from "../version.ts";
import { createServedRuntime } from "./create-served-runtime.ts";
import { lookupHost } from "./lookup-host.ts";
import { readSettings, type ServeSettings } from "./read-settings.ts";
import { SERVE_USAGE } from "./serve-flags.ts";

export const serveCommand: Command = {
  name: "serve",
  summary: "serves a runtime over HTTP, in the place of contenox/runtime",
  usage: SERVE_USAGE,
  run: serve,
};

async function serve(args: readonly string[], around: Surroundings): Promise<number> {
  const settings = await readSettings(args, around);
  const log = createLog({
    output: around.output,
    level: settings.logLevel,
    format: settings.logFormat,
    now: () => Date.now(),
  });
  const local = await localModelOf(settings, around);
  const stores = openStores(settings);
  try {
    await serveUntilStopped(withLocal(settings, local), log, stores, around.stop);
  } finally {
    await local?.backend.close();
    stores?.close();
    log.flush();
  }
  return 0;
}

async function localModelOf({ localModel }: ServeSettings, around: Surroundings): Promise<LocalModel | undefined> {
  return localModel === undefined ? undefined : openLocalModel(localModel, around);
}

/** It is the default where nobody named another, and counts tokens with its own tokenizer. */
function withLocal(settings: ServeSettings, local: LocalModel | undefined): ServeSettings {
  if (local === undefined) return settings;
  const { backends = [], defaults, tokens = local.backend.tokens, ...rest } = settings.config;
  const config = {
    ...rest,
    backends: [...backends, local.backend],
    defaults: { ...defaults, model: defaults?.model ?? local.model },
    tokens,
  };
  return { ...settings, config };
}

function openStores({ dataFolder }: ServeSettings): SqliteStores | undefined {
  if (dataFolder === undefined) return undefined;
  try {
    // Records are read once: a second server in the folder would not see what this one is told, and the other way round.
    return sqliteStores({ path: join(dataFolder, "catenary.db"), exclusive: true });
  } catch (error) {
    if (!CatenaryError.isInstance(error) || error.code !== "database_in_use") throw error;
    throw new CatenaryError(error.code, `${error.message}, with --data FOLDER`, { cause: error });
  }
}

async function serveUntilStopped(
  settings: ServeSettings,
  log: Log,
  stores: SqliteStores | undefined,
  stop: AbortSignal,
): Promise<void> {
  // Never the global fetch, whoever may have replaced that: who registers an address over REST counts on its being checked.
  const transport = nodeFetch({ lookup: lookupHost() });
  const runtime = await createServedRuntime(settings, log, stores?.records, transport);
  try {
    await declareModels(runtime, settings.namedModels);
    if (settings.ollamaUrl !== undefined) {
      await bootstrapOllama(runtime, settings.ollamaUrl, () => crypto.randomUUID(), log);
    }
    const served = await listen(runtime, settings, log);
    try {
      announce(served, settings, log);
      await aborted(stop);
      log.log("info", "stopping", { reason: String(stop.reason) });
    } finally {
      await served.close();
    }
  } finally {
    await runtime.close();
    await transport.close();
  }
  log.log("info", "stopped", {});
}

async function listen(runtime: Runtime, settings: ServeSettings, log: Log): Promise<ServedHttp> {
  const { mount, origins, limits } = settings.config;
  const { keys, hosts, port, host, isInsecure } = settings;
  const handler = createHttpHandler(runtime, {
    ...(mount !== undefined && { mount }),
    ...(origins !== undefined && { origins }),
    ...(limits !== undefined && { limits }),
    ...(hosts !== undefined && { hosts }),
    keys,
    version: SPOKEN_VERSION,
    logger: log,
  });
  // Whether a request comes or not, what is there now is as old after the next start.
  await handler.load();
  return serveHttp(handler, { port, host, insecure: isInsecure });
}

/** contenox/runtime's client for Go goes on only where the version is its own, or has `dev` in it. */
const SPOKEN_VERSION = `${VERSION}+dev`;

function announce({ url }: ServedHttp, settings: ServeSettings, log: Log): void {
  const { host, isInsecure, keys, unused, dataFolder, configPath, config, localModel } = settings;
  if (unused.length > 0) {
    log.log("info", "environment_unused", { names: unused, why: "these services are not needed here" });
  }
  if (isInsecure && keys.length === 0) {
    const who = isThisMachine(host)
      ? "every program and every web page on this machine"
      : "everybody who reaches this server";
    log.log("warn", "insecure", { host, why: `${who} can do everything here, without a key` });
  }
  log.log("info", "listening", {
    url: `${url}${config.mount ?? ""}`,
    version: VERSION,
    keys: keys.length,
    data: dataFolder ?? "nothing is kept",
    ...(localModel !== undefined && { model: `${localModel}, in this process` }),
    ...(configPath !== undefined && { config: configPath }),
  });
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
