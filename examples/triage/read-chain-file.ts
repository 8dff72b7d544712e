import { readFile } from "node:fs/promises";
import { ChainInvalidError, parseRunRequest, type RunRequest } from "@catenary/core";

/** Reads a file with a chain, or with a chain and its input. Throws where it cannot be run, and says why. */
export async function readChainFile(
  path: string,
): Promise<RunRequest & { readonly chain: NonNullable<RunRequest["chain"]> }> {
  const request = parseRunRequest(parse(path, await readFile(path, "utf8")));
  const { chain, findings } = request;
  if (chain === undefined) throw new ChainInvalidError(path, findings);
  return { ...request, chain };
}

function parse(path: string, text: string): unknown {
  try {
    // Some editors begin a file with a mark of its byte order.
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new Error(`${path} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}
