import type { Surface } from "../surface.ts";
import type { Known } from "./state-body.ts";

/** All that a body says of what backends serve. */
export async function knownOf({ runtime }: Surface): Promise<Known> {
  return {
    states: await runtime.states(),
    groups: runtime.groups.list().map(({ value }) => value),
    declared: runtime.models.list().map(({ value }) => value),
  };
}
