import type { Weights } from "@catenary/llama-cpp/weights";
import type { Surroundings } from "../command/surroundings.ts";

/** Removes a model's file, and whatever came of it. */
export async function removeModel(weights: Weights, name: string, { output, errors }: Surroundings): Promise<number> {
  if (await weights.remove(name)) {
    output.write(`${name} is removed\n`);
    return 0;
  }
  const names = (await weights.list()).map((one) => one.name);
  errors.write(`There is no ${name} here; there ${names.length === 0 ? "is nothing" : `are: ${names.join(", ")}`}.\n`);
  return 1;
}
