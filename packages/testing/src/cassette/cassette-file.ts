import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Backend } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { parseCassette, printCassette } from "./cassette-text.ts";
import { recordCassette } from "./record-cassette.ts";
import { replayCassette } from "./replay-cassette.ts";

export interface CassetteOptions {
  /** A path, or an address such as `new URL("triage.json", import.meta.url)`. One cassette writes to a file at a time. */
  readonly file: string | URL;
  /**
   * `record` asks the backend and writes the file anew, `replay` only reads it, `auto` replays where there is a file and
   * records where there is none. Default `auto`.
   */
  readonly mode?: "record" | "replay" | "auto";
  /** Taken out of everything that is written, beside what looks like a credential. Undefined ones are passed over. */
  readonly secrets?: readonly (string | undefined)[];
}

/**
 * A backend whose calls are recorded to a file, or answered from it without asking anybody. Written after each call, so that
 * nothing has to be closed.
 *
 * @throws CatenaryError `cassette_missing` where the mode is `replay` and there is no file; `cassette_invalid` where the file is
 * no cassette; `settings_invalid` where the mode is none of the three.
 */
export function cassette(backend: Backend, { file, mode = "auto", secrets = [] }: CassetteOptions): Backend {
  const path = typeof file === "string" ? file : fileURLToPath(file);
  if (mode !== "record" && mode !== "replay" && mode !== "auto")
    throw new CatenaryError(
      "settings_invalid",
      `the mode of a cassette is to be record, replay or auto; got ${JSON.stringify(mode)}`,
    );
  if (mode === "replay" || (mode === "auto" && existsSync(path))) {
    return replayCassette(parseCassette(read(path), path), { secrets, name: path });
  }
  return recordCassette(backend, { secrets, onRecorded: (recorded) => write(path, printCassette(recorded)) });
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    throw new CatenaryError(
      "cassette_missing",
      `there is no cassette at ${path} that can be read: record it first, with the mode record or auto`,
      { cause },
    );
  }
}

/** Whoever reads it meanwhile sees the old one or the new one, whole. */
function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.part`, text);
  renameSync(`${path}.part`, path);
}
