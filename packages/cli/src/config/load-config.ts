import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { unknownName } from "@catenary/core";
import { UsageError } from "../command/usage-error.ts";
import type { CatenaryConfig } from "./catenary-config.ts";
import { checkConfig } from "./check-config.ts";
import { placeOfFault } from "./place-of-fault.ts";

/** Where it is looked for when nobody says where it is. */
const NAMES = ["catenary.config.ts", "catenary.config.js", "catenary.config.mjs"];

const KEYS: Readonly<Record<keyof CatenaryConfig, true>> = {
  backends: true,
  backendTypes: true,
  chains: true,
  hooks: true,
  handlers: true,
  policies: true,
  groups: true,
  models: true,
  defaults: true,
  pull: true,
  syncEveryMs: true,
  tokens: true,
  stepBudget: true,
  store: true,
  fetch: true,
  mount: true,
  keys: true,
  hosts: true,
  origins: true,
  limits: true,
  port: true,
  host: true,
  data: true,
};

export interface LoadedConfig {
  readonly config: CatenaryConfig;
  /** Undefined where there is none. */
  readonly path: string | undefined;
}

/**
 * Runs the configuration file: the one that was named, else `catenary.config.ts`, `.js` or `.mjs` in the folder, else none.
 *
 * @throws UsageError where the one that was named is missing, or where one fails or is none.
 */
export async function loadConfig(folder: string, named: string | undefined): Promise<LoadedConfig> {
  const path =
    named === undefined ? NAMES.map((name) => resolve(folder, name)).find(existsSync) : resolve(folder, named);
  if (path === undefined) return { config: {}, path };
  if (!existsSync(path)) throw new UsageError(`--config expects a file; there is none at ${path}`);
  return { config: readConfig(path, await importFile(path)), path };
}

async function importFile(path: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(path).href);
  } catch (error) {
    const why = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const isTypeScript = error instanceof Error && "code" in error && error.code === "ERR_UNKNOWN_FILE_EXTENSION";
    const hint = isTypeScript
      ? ". This Node does not read TypeScript: take Node 22.18 or newer, or write it as .js"
      : "";
    const place = placeOfFault(error, path);
    const where = place === undefined ? "" : ` (${place})`;
    throw new UsageError(`${path} cannot be loaded: ${why}${where}${hint}`, { cause: error });
  }
}

function readConfig(path: string, module: unknown): CatenaryConfig {
  const exported = isObject(module) ? (Reflect.get(module, "default") ?? Reflect.get(module, "config")) : undefined;
  if (!isObject(exported) || Array.isArray(exported)) {
    throw new UsageError(
      `${path} is expected to say: export default defineConfig({ … }), with defineConfig from "catenary"`,
    );
  }
  const unknown = unknownName(exported, Object.keys(KEYS));
  if (unknown !== undefined) throw new UsageError(`${path} has no setting ${unknown.told}`);
  checkConfig(path, exported);
  // Safe: what is not checked here is by whoever is given it, createRuntime and createHttpHandler.
  return exported as CatenaryConfig;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
