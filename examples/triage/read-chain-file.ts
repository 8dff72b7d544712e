import { readFile } from "node:fs/promises";
import { ChainInvalidError, parseRunRequest, type RunRequest } from "@catenary/core";

/** Reads a file with a chain, or with a chain and its input. Throws where it cannot be run, and says why. */
export async function readChainFile(
  path: string,
): Promise<RunRequest & { readonly chain: NonNullable<RunRequest["chain"]> }> {
  const request = parseRunRequest(parse(path, await readFile(path, "utf8")));
  const { chain, findings } = request;
  if (chain === undefined)
    throw new ChainInvalidError(
      path,
      findings.filter(({ severity }) => severity === "error"),
    );
  return { ...request, chain };
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
}
