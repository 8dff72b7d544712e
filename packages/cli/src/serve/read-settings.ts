import { resolve } from "node:path";
import type { LogLevel, RuntimeDefaults } from "@catenary/core";
import type { Surroundings } from "../command/surroundings.ts";
import type { CatenaryConfig } from "../config/catenary-config.ts";
import { loadConfig } from "../config/load-config.ts";
import type { LogFormat } from "../log/create-log.ts";
import { checkReach } from "./check-reach.ts";
import { knownTypes, withKnownProviders } from "./known-providers.ts";
import { readEnvironment } from "./read-environment.ts";
import { readServeFlags } from "./serve-flags.ts";

/** What is served, where and how: flags, environment and configuration in one. */
export interface ServeSettings {
  readonly config: CatenaryConfig;
  readonly configPath: string | undefined;
  readonly port: number;
  readonly host: string;
  readonly keys: readonly string[];
  readonly hosts: readonly string[] | "any" | undefined;
  readonly isInsecure: boolean;
  /** Absolute; undefined where nothing is kept. */
  readonly dataFolder: string | undefined;
  /** The models that the environment names. */
  readonly namedModels: RuntimeDefaults;
  readonly tokenizerUrl: string | undefined;
  readonly ollamaUrl: string | undefined;
  readonly unused: readonly string[];
  readonly logLevel: LogLevel;
  readonly logFormat: LogFormat;
  readonly logText: boolean;
  /** The model that runs in this process. */
  readonly localModel: string | undefined;
}

const LOCAL_TYPE = "llama-cpp";

/** Throws a UsageError for what cannot be. */
export async function readSettings(args: readonly string[], around: Surroundings): Promise<ServeSettings> {
  const flags = readServeFlags(args);
  const environment = readEnvironment(around.environment);
  const { config, path } = await loadConfig(around.folder, flags.config);
  // What runs in this process is a backend too.
  const types = [...knownTypes(config), ...(flags.localModel === undefined ? [] : [LOCAL_TYPE])];
  const namedModels = withKnownProviders(environment.defaults, types);
  const data = flags.data ?? config.data ?? ".catenary";
  const settings: ServeSettings = {
    config: { ...config, defaults: { ...config.defaults, ...namedModels } },
    configPath: path,
    port: flags.port ?? environment.port ?? config.port ?? 8081,
    host: flags.host ?? environment.host ?? config.host ?? "127.0.0.1",
    keys: environment.token === undefined ? (config.keys ?? []) : [environment.token],
    hosts: hostsOf(flags.allowHosts, flags.isInsecure, config),
    isInsecure: flags.isInsecure,
    dataFolder: data === false ? undefined : resolve(around.folder, data),
    namedModels,
    tokenizerUrl: environment.tokenizerUrl,
    ollamaUrl: environment.ollamaUrl,
    unused: environment.unused,
    logLevel: flags.logLevel,
    logFormat: flags.logFormat ?? (around.output.isTTY === true ? "text" : "json"),
    logText: flags.logText,
    localModel: flags.localModel,
  };
  const given = flags.host !== undefined ? "--host" : environment.host !== undefined ? "ADDR" : "host";
  checkReach(settings, given);
  return settings;
}

function hostsOf(
  allowed: readonly string[],
  isInsecure: boolean,
  { hosts }: CatenaryConfig,
): readonly string[] | "any" | undefined {
  if (isInsecure || hosts === "any") return "any";
  if (allowed.length === 0) return hosts;
  return [...allowed, ...(hosts ?? [])];
}
