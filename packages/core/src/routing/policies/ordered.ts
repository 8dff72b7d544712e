import type { RoutingPolicy } from "./routing-policy.ts";

/**
 * The first: models in the order in which they are named, backends in the order in which they were registered. A backend that
 * has not said yet what it serves is waited for half a second, then passed over where others can take the call.
 */
export const ordered: RoutingPolicy = {
  name: "ordered",
  // As contenox/runtime calls it.
  aliases: ["low-prio"],
  choose: ([first]) => first,
};
