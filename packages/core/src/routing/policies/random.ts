import type { SelectionPolicy } from "./selection-policy.ts";

/** Any of them, each as likely as the others. */
export const random: SelectionPolicy = {
  name: "random",
  choose: (candidates, surroundings) =>
    candidates[Math.floor(surroundings.random() * candidates.length)] ?? candidates[0],
};
