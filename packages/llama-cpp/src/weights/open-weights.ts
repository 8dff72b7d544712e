import { constants } from "node:fs";
import { access, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, join, resolve } from "node:path";
import { checkSettingNames, type Fetch, type PullProgress } from "@catenary/core";
import type { ModelSource } from "../source/model-source.ts";
import { cacheFolder } from "./cache-folder.ts";
import { CATALOGUE, type KnownModel } from "./catalogue.ts";
import { checksumOf, faultOfGguf } from "./check-file.ts";
import { adoptWeights, fetchWeights } from "./fetch-weights.ts";
import {
  type ChangedWeights,
  type FetchedWeights,
  folderOf,
  listChanged,
  listWeights,
  weightsIn,
} from "./fetched-weights.ts";
import { isHubUri } from "./hub-uri.ts";
import { rememberFailure } from "./remember-failure.ts";
import { removeWeights } from "./remove-weights.ts";
import { isModelPath, wantedWeights } from "./wanted-weights.ts";
import { WeightsError } from "./weights-error.ts";

export interface WeightsOptions {
  /** Where files are kept. Default: `gguf` in `CATENARY_CACHE`, else in the user's cache folder for `catenary`. */
  readonly folder?: string;
  /** Read for `CATENARY_CACHE`, `HF_ENDPOINT`, `HF_TOKEN`, and by pip. Default: the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** The models with a short name. Default: `CATALOGUE`. */
  readonly catalogue?: readonly KnownModel[];
  /** Asks the hub for what it has; bytes are fetched by node-llama-cpp and by pip. Default: the platform's. */
  readonly fetch?: Fetch;
  /** After how many milliseconds without a byte a download is given up. Default 60,000. */
  readonly stallMs?: number;
  /** How often processes that fetch the same tell each other how far they are, in milliseconds. Default 500. */
  readonly beatMs?: number;
}

export interface PullOptions {
  /** Stops it. What has come from the hub is kept, and gone on with; pip and copies begin again. Rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: PullProgress) => void;
}

/** Model files on this machine, and those that can be fetched. */
export interface Weights {
  readonly folder: string;
  readonly catalogue: readonly KnownModel[];
  /** What is here, by name. */
  list(): Promise<readonly FetchedWeights[]>;
  /** What is here, but was touched since it was checked, by name. */
  changed(): Promise<readonly ChangedWeights[]>;
  /** A model that is here; undefined where it is not, or was touched since it was checked. Fetches nothing. */
  find(name: string): Promise<FetchedWeights | undefined>;
  /**
   * Fetches a model, where it is not here: one of the catalogue, `hf:user/repository/file.gguf`, or a copy of a file by its path. One
   * that was touched is checked, and a corrupt one is fetched again.
   *
   * @throws WeightsError Where no source gives it: with what to do.
   */
  pull(name: string, options?: PullOptions): Promise<FetchedWeights>;
  /**
   * Resolves to whether it was here.
   *
   * @throws WeightsError `weights_unavailable` while a process fetches it.
   */
  remove(name: string): Promise<boolean>;
  /** For `llamaCpp({ models })`: gives the file, and fetches it first where it is not here; after a failure again after 15 s. */
  source(name: string): ModelSource;
}

const OPTIONS: Readonly<Record<keyof WeightsOptions, true>> = {
  folder: true,
  environment: true,
  catalogue: true,
  fetch: true,
  stallMs: true,
  beatMs: true,
};

/** The model files of this user. */
export function openWeights(options: WeightsOptions = {}): Weights {
  checkSettingNames("openWeights()", options, OPTIONS);
  const { environment = process.env, catalogue = CATALOGUE, fetch = globalThis.fetch } = options;
  const { stallMs = 60_000, beatMs = 500 } = options;
  const cache = () => cacheFolder({ environment, platform: process.platform, home: homedir() });
  const root = resolve(options.folder ?? join(cache(), "gguf"));
  const placeOf = (name: string) =>
    folderOf(
      root,
      name,
      catalogue.some((model) => model.name === name),
    );
  const surroundings = { environment, fetch, stallMs, beatMs };
  const find = (name: string) => weightsIn(placeOf(name));
  const pull = async (name: string, { signal, onProgress = () => {} }: PullOptions = {}) => {
    signal?.throwIfAborted();
    const here = await find(name);
    if (here !== undefined) return here;
    const fetching = { signal, onProgress };
    if (!isModelPath(name)) return fetchWeights(wantedWeights(name, catalogue), placeOf(name), fetching, surroundings);
    onProgress({ status: "checking the file" });
    const file = await recognise(name, catalogue, signal);
    const known = await find(file.name);
    if (known?.sha256 === file.sha256) return known;
    return adoptWeights(file.name, resolve(name), placeOf(file.name), fetching, surroundings);
  };
  return {
    folder: root,
    catalogue,
    list: () => listWeights(root),
    changed: () => listChanged(root, (name) => isHubUri(name) || catalogue.some((model) => model.name === name)),
    find,
    pull,
    remove: async (name) => removeWeights(name, placeOf(name), beatMs),
    source: (name) => {
      const fetch = rememberFailure((asked: PullOptions) => pull(name, asked));
      // Somebody may have brought it in the meantime.
      const give: ModelSource = async (asked) => ((await find(name)) ?? (await fetch(asked))).path;
      return Object.assign(give, { existing: async () => (await find(name))?.path });
    },
  };
}

/** A copy of a catalogued file is known by its checksum; others are called as their files are, but never as a catalogued one. */
async function recognise(
  path: string,
  catalogue: readonly KnownModel[],
  signal?: AbortSignal,
): Promise<{ readonly name: string; readonly sha256: string }> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) {
    const there =
      found === undefined ? `there is none at ${path}` : `${path} is ${found.isDirectory() ? "a folder" : "none"}`;
    throw new WeightsError("weights_unknown", `expected the path of a GGUF file; ${there}`, { failure: "bad_request" });
  }
  try {
    await access(path, constants.R_OK);
  } catch (cause) {
    const message = `${path} may not be read by this user: give it the right to, or another copy`;
    throw new WeightsError("weights_unavailable", message, { failure: "bad_request", cause });
  }
  const fault = await faultOfGguf(path, found.size, signal);
  if (fault !== undefined) {
    const message = `${path} cannot be a model: ${fault}`;
    throw new WeightsError("weights_corrupt", message, { failure: "bad_request" });
  }
  const sha256 = await checksumOf(path, signal);
  const known = catalogue.find((model) => model.sha256 === sha256);
  if (known !== undefined) return { name: known.name, sha256 };
  const name = basename(path).replace(/\.gguf$/i, "");
  const taken = catalogue.find((model) => model.name === name);
  if (taken === undefined) return { name, sha256 };
  throw new WeightsError(
    "weights_corrupt",
    `${path} is not ${name}: its SHA-256 is ${sha256}, expected ${taken.sha256}. Fetch that model with "catenary models pull ${name}"; where this file is another, give it another name and pull it again`,
    { failure: "bad_request" },
  );
}
