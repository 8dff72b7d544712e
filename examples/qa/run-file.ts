import { readFile } from "node:fs/promises";
import { type Backend, ChainInvalidError, createRuntime, parseRunRequest, type RunOutput } from "@catenary/core";

/** Runs a chain file of contenox/runtime, `{ input, inputType, chain }`, as it is. */
export async function runFile(path: string, backend: Backend): Promise<RunOutput> {
  const { chain, input, inputType, findings } = parseRunRequest(JSON.parse(await readFile(path, "utf8")));
  if (chain === undefined)
    throw new ChainInvalidError(
      path,
      findings.filter(({ severity }) => severity === "error"),
    );
  const runtime = createRuntime({ backends: [backend] });
  return runtime.run(chain, input, inputType === undefined ? {} : { inputType });
}
