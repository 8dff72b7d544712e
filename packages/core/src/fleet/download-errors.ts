import { CatenaryError } from "../errors/catenary-error.ts";
import { InputError } from "../errors/input-error.ts";
import { RegistryError } from "../errors/registry-error.ts";
import type { Backend } from "../model/backend.ts";
import { describeKind } from "../value/describe-kind.ts";
import { suggest } from "../value/suggest.ts";
import type { Download } from "./download.ts";

/** Where a model is to be fetched to. */
export interface DownloadPlace {
  /** The backend's id. */
  readonly backend: string;
  /** As the backend names it. */
  readonly model: string;
}

/** For those who write JavaScript. */
export function checkPlace(place: unknown): void {
  for (const name of ["backend", "model"]) {
    const value: unknown = typeof place === "object" && place !== null ? Reflect.get(place, name) : undefined;
    if (typeof value === "string" && value !== "") continue;
    throw new InputError(
      `a download is made with { backend: "ollama", model: "llama3" }; its \`${name}\` is ${value === "" ? "empty" : describeKind(value)}`,
    );
  }
}

export function pullUnsupported({ id, type }: Backend): CatenaryError {
  return new CatenaryError(
    "pull_unsupported",
    `the backend ${id} (${type}) cannot fetch models: put the model onto its server with the server's own means`,
    { details: { backend: id } },
  );
}

export function noDownload(id: unknown, ids: readonly string[]): RegistryError {
  const known = ids.length === 0 ? "there is no download at all" : `there are: ${ids.join(", ")}`;
  const meant = typeof id === "string" ? suggest(id, ids) : undefined;
  const given = typeof id === "string" ? JSON.stringify(id) : describeKind(id);
  return new RegistryError(
    "not_found",
    `no download has the id ${given}; ${known}${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
    { noun: "download", id: String(id) },
  );
}

/** What somebody who waits for a download is told where it was cancelled. */
export function notFetched({ id, backend, model }: Download): CatenaryError {
  return new CatenaryError(
    "download_cancelled",
    `the download ${id} was cancelled: ask for it again with runtime.downloads.retry(${JSON.stringify(id)})`,
    { failure: "cancelled", details: { backend, model } },
  );
}
