import { inMegabytes, STOPPED_FETCH, showProgress, type Weights } from "@catenary/llama-cpp/weights";
import type { Surroundings } from "../command/surroundings.ts";

/** Fetches a model, and prints where it is. What is shown meanwhile goes to the standard error. */
export async function pullModel(
  weights: Weights,
  name: string,
  { output, errors, stop }: Surroundings,
): Promise<number> {
  const shown = showProgress(name, errors);
  try {
    const before = await weights.list();
    const { name: kept, path, size, sha256 } = await weights.pull(name, { signal: stop, onProgress: shown.onProgress });
    shown.close();
    const former = before.find((one) => one.name === kept && one.sha256 !== sha256);
    if (former !== undefined) errors.write(`It replaces the ${kept} that came from ${former.from}.\n`);
    errors.write(`${kept} is here, ${inMegabytes(size)}:\n`);
    output.write(`${path}\n`);
    return 0;
  } catch (error) {
    shown.close();
    if (!stop.aborted) throw error;
    errors.write(`${STOPPED_FETCH}\n`);
    return 1;
  }
}
