import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Backend } from "@catenary/core";
import { CatenaryError } from "@catenary/core";
import { checkOptions } from "../check-options.ts";
import { describeValue } from "../describe-value.ts";
import { parseCassette, printCassette } from "./cassette-text.ts";
import { checkBackend } from "./check-backend.ts";
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
 * no cassette; `settings_invalid` where there is no backend or no file, where the file is a folder or stands on another machine, and
 * where the mode is none of the three.
 */
export function cassette(backend: Backend, options: CassetteOptions): Backend {
  checkBackend("cassette()", backend);
  checkOptions("cassette()", options, ["file", "mode", "secrets"]);
  const { file, mode = "auto", secrets = [] } = options;
  const path = pathOf(file);
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

/** Of a file, which need not be there yet. */
function pathOf(file: unknown): string {
  const path = file instanceof URL && file.protocol === "file:" ? fileURLToPath(file) : file;
  if (typeof path !== "string" || path === "") {
    const got = file instanceof URL ? file.href : describeValue(file);
    throw new CatenaryError(
      "settings_invalid",
      `\`file\` of cassette() is a path, or the address of a file, such as new URL("triage.json", import.meta.url); got ${got}`,
    );
  }
  if (!existsSync(path) || !statSync(path).isDirectory()) return path;
  throw new CatenaryError(
    "settings_invalid",
    `\`file\` of cassette() is one file; ${path} is a folder: add a name, such as triage.json`,
  );
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
