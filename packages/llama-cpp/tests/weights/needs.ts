import { spawnSync } from "node:child_process";

/** Why nothing can be fetched from a hub here, or `undefined`. */
export async function whyNoDownloader(): Promise<string | undefined> {
  try {
    // Imported, as the product does: where NODE_PATH is set, `require` finds what no import does.
    await import("node-llama-cpp");
    return undefined;
  } catch {
    return "node-llama-cpp is not installed";
  }
}

/** Why nothing can be fetched with pip here, or `undefined`. */
export function whyNoPip(): string | undefined {
  const { status } = spawnSync("python3", ["-m", "pip", "--version"], { stdio: "ignore" });
  return status === 0 ? undefined : "python3 with pip is not installed";
}

/** For the name of a suite: why it is left out. */
export function unless(reason: string | undefined): string {
  return reason === undefined ? "" : ` (not run: ${reason})`;
}
