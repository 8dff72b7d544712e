import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { weights } from "@catenary/llama-cpp/weights";

export const MODEL = "smollm2:135m";

const SCRIPT = join(import.meta.dirname, "../../../shared/bin/weights");

/** The GGUF file of the model: named by `CATENARY_SMOLLM2`, pulled by `catenary models`, or at hand for who works on this repository. */
export async function weightsFile(): Promise<string> {
  const found = process.env.CATENARY_SMOLLM2 ?? (await weights(MODEL).existing?.());
  if (found !== undefined) return found;
  const { status, stdout } = existsSync(SCRIPT)
    ? spawnSync(SCRIPT, ["smollm2"], { encoding: "utf8" })
    : { status: 1, stdout: "" };
  if (status !== 0) throw new Error(`the weights are not here: npx -y pnpm@12 models pull ${MODEL}`);
  return stdout.trim();
}
