import { InputError } from "../errors/input-error.ts";
import { suggest } from "./suggest.ts";

/** Refuses options of other names, which would have no effect. Throws an `InputError`. */
export function checkOptionNames(options: object, known: readonly string[], of: string): void {
  const name = Object.keys(options).find((key) => !known.includes(key));
  if (name === undefined) return;
  const meant = suggest(name, known);
  const advice = meant === undefined ? `; there is ${known.join(", ")}` : `. Did you mean ${meant}?`;
  throw new InputError(`${of} has no option \`${name}\`${advice}`, { option: name });
}
