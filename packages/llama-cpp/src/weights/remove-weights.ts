import { existsSync } from "node:fs";
import { readdir, rm, rmdir } from "node:fs/promises";
import { join } from "node:path";
import { CatenaryError } from "@catenary/core";
import { takeFetchLock } from "./fetch-lock.ts";
import { LOCK } from "./fetched-weights.ts";
import { WeightsError } from "./weights-error.ts";

/**
 * Removes all that is in a model's folder. Resolves to whether there was one.
 *
 * @throws WeightsError `weights_unavailable` while it is being fetched: that would go on in a folder that is gone. Or where it may not be removed.
 */
export async function removeWeights(name: string, folder: string, beatMs: number): Promise<boolean> {
  if (!existsSync(folder)) return false;
  try {
    await removeAll(name, folder, beatMs);
  } catch (error) {
    if (CatenaryError.isInstance(error)) throw error;
    const why = error instanceof Error ? error.message : String(error);
    const message = `${name} cannot be removed: ${why}; do it as the user whom ${folder} belongs to`;
    throw new WeightsError("weights_unavailable", message, { failure: "bad_request", cause: error });
  }
  // Where another process has begun to fetch it again, the folder is not empty, and stays.
  await rmdir(folder).catch(() => {});
  return true;
}

async function removeAll(name: string, folder: string, beatMs: number): Promise<void> {
  const onWait = () => {
    const message = `${name} is being fetched just now: wait until it is here, or stop that, and remove it then`;
    throw new WeightsError("weights_unavailable", message, { failure: "bad_request" });
  };
  const lock = await takeFetchLock(join(folder, LOCK), { beatMs, onWait });
  try {
    const others = (await readdir(folder)).filter((entry) => entry !== LOCK);
    await Promise.all(others.map((entry) => rm(join(folder, entry), { recursive: true, force: true })));
  } finally {
    await lock.release();
  }
}
