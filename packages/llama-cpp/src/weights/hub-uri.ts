import { CatenaryError } from "@catenary/core";

/** A file of the model hub. */
export interface HubFile {
  /** `user/repository`. */
  readonly repository: string;
  /** Inside the repository. */
  readonly path: string;
  /** A branch, a tag or a commit. Default `main`. */
  readonly revision: string;
}

/** One quantisation of a repository, whose file the hub names. */
export interface HubQuantisation {
  readonly repository: string;
  /** `latest` for the repository's own choice. */
  readonly tag: string;
}

/** Whether a name is an address at the model hub. */
export function isHubUri(name: string): boolean {
  return /^(hf|huggingface):/.test(name);
}

/** Reads `hf:user/repository/file.gguf#revision` or `hf:user/repository:Q4_K_M`. Throws for anything else. */
export function readHubUri(uri: string): HubFile | HubQuantisation {
  const [address = "", revision = "main"] = uri.replace(/^(hf|huggingface):(\/\/)?/, "").split("#", 2);
  const [user, named = "", ...path] = address.split("/");
  const [repository, tag = "latest"] = named.split(":", 2);
  const isWhole = user && repository && [user, repository, ...path].every((part) => part !== "" && part !== "..");
  if (!isWhole || (path.length > 0 && named.includes(":"))) {
    throw new CatenaryError(
      "weights_unknown",
      `expected hf:user/repository/file.gguf, with #revision behind it, or hf:user/repository:Q4_K_M; got ${JSON.stringify(uri)}`,
      { failure: "bad_request" },
    );
  }
  if (path.length === 0) return { repository: `${user}/${repository}`, tag };
  return { repository: `${user}/${repository}`, path: path.join("/"), revision: revision || "main" };
}

/** The spelling that node-llama-cpp's downloader reads. */
export function hubUriOf({ repository, path, revision }: HubFile): string {
  return `hf:${repository}/${path}${revision === "main" ? "" : `#${revision}`}`;
}
