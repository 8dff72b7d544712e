import { inspect } from "node:util";

/** Everything that an error, and what caused it, can be made to tell: what must have no secret in it. */
export function everythingIn(error: unknown): string {
  const told: string[] = [];
  for (let layer: unknown = error; layer instanceof Error; layer = layer.cause) {
    told.push(String(layer), layer.stack ?? "", JSON.stringify(layer), inspect(layer, { depth: 10, showHidden: true }));
  }
  return told.join("\n");
}
