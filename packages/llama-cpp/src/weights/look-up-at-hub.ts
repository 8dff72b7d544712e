import type { CatenaryError, Fetch } from "@catenary/core";
import type { HubFile, HubQuantisation } from "./hub-uri.ts";
import { WeightsError } from "./weights-error.ts";

/** The model hub, as it is spoken to. */
export interface Hub {
  /** With a slash at its end. */
  readonly address: string;
  readonly fetch: Fetch;
  /** For repositories that ask who comes: never to be shown. */
  readonly token: string | undefined;
  readonly signal: AbortSignal | undefined;
}

/** What the hub says of a file that it keeps as a large one. */
export interface HubAnswer {
  readonly file: HubFile;
  /** Bytes. */
  readonly size: number | undefined;
  /** In hexadecimal digits. */
  readonly sha256: string | undefined;
}

const ANSWER_WITHIN_MS = 10_000;
const MOST_REDIRECTS = 5;

/**
 * Asks the hub for a file without fetching it: whether it is there, how long it is, and its checksum.
 *
 * @throws WeightsError where nothing answers or the file is not there.
 */
export async function lookUpAtHub(hub: Hub, wanted: HubFile | HubQuantisation): Promise<HubAnswer> {
  const file = "path" in wanted ? wanted : await fileOfQuantisation(hub, wanted);
  const parts = [...file.repository.split("/"), "resolve", file.revision, ...file.path.split("/")];
  let url = new URL(parts.map(encodeURIComponent).join("/"), hub.address);
  for (let hop = 0; hop < MOST_REDIRECTS; hop++) {
    const { status, headers } = await ask(hub, url, "HEAD");
    const target = headers.get("location");
    // Within the hub it says that a repository has another name now; away from it, where the bytes are.
    const next = status >= 300 && status < 400 && target !== null ? new URL(target, url) : undefined;
    if (next?.origin === url.origin && headers.get("x-linked-etag") === null) {
      url = next;
      continue;
    }
    if (status >= 400) throw refused(status, `${file.repository}/${file.path}`);
    return { file, size: sizeIn(headers, next !== undefined), sha256: checksumIn(headers) };
  }
  throw new WeightsError("weights_unavailable", `the model hub redirects more than ${MOST_REDIRECTS} times`);
}

async function fileOfQuantisation(hub: Hub, { repository, tag }: HubQuantisation): Promise<HubFile> {
  const parts = ["v2", ...repository.split("/"), "manifests", tag];
  const response = await ask(hub, new URL(parts.map(encodeURIComponent).join("/"), hub.address), "GET");
  if (!response.ok) {
    await response.body?.cancel();
    throw refused(response.status, `${repository}:${tag}`);
  }
  const manifest: unknown = await response.json().catch(() => undefined);
  const path: unknown = Reflect.get(Object(Reflect.get(Object(manifest), "ggufFile")), "rfilename");
  if (typeof path === "string") return { repository, path, revision: "main" };
  throw new WeightsError("weights_unavailable", `the model hub names no GGUF file of ${repository}:${tag}`);
}

async function ask({ fetch, token, signal }: Hub, url: URL, method: "GET" | "HEAD"): Promise<Response> {
  const timeout = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const headers = {
    // Without it the hub tells of the compressed file, or nothing of the model's.
    "accept-encoding": "identity",
    "user-agent": "llama-cpp",
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
  };
  try {
    const both = signal === undefined ? timeout : AbortSignal.any([signal, timeout]);
    return await fetch(url, { method, headers, redirect: "manual", signal: both });
  } catch (error) {
    signal?.throwIfAborted();
    const why = timeout.aborted ? `did not answer within ${ANSWER_WITHIN_MS / 1000} s` : "cannot be reached";
    throw new WeightsError("weights_unavailable", `the model hub ${why}`, { failure: "network", cause: error });
  }
}

function refused(status: number, what: string): CatenaryError {
  if (status === 401 || status === 403) {
    const hint = "the name may be wrong, or the repository wants to know who comes: put a token of yours into HF_TOKEN";
    return new WeightsError("weights_unavailable", `the model hub does not give ${what} (${status}): ${hint}`, {
      failure: "auth",
    });
  }
  if (status === 404 || status === 400) {
    return new WeightsError("weights_unknown", `the model hub has no ${what}`, { failure: "bad_request" });
  }
  return new WeightsError("weights_unavailable", `the model hub answers with status ${status}`, {
    failure: status === 429 ? "rate_limit" : "server_error",
  });
}

/** @param isElsewhere Whether the bytes are at another address, so that the length is that of this answer. */
function sizeIn(headers: Headers, isElsewhere: boolean): number | undefined {
  const text = headers.get("x-linked-size") ?? (isElsewhere ? null : headers.get("content-length"));
  return text !== null && /^\d+$/.test(text) && text !== "0" ? Number(text) : undefined;
}

/** Of a file that is kept as a large one the tag is its SHA-256; of others it is something else. */
function checksumIn(headers: Headers): string | undefined {
  const tag = (headers.get("x-linked-etag") ?? "").replace(/^W\//, "").replaceAll('"', "");
  return /^[0-9a-f]{64}$/i.test(tag) ? tag.toLowerCase() : undefined;
}
