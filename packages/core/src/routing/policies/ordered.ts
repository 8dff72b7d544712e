import type { SelectionPolicy } from "../selection-policy.ts";

/** The first: models in the order in which they are named, backends in the order in which they were registered. */
export const ordered: SelectionPolicy = {
  name: "ordered",
  choose: ([first]) => first,
};
