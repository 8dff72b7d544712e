import type { RoutingPolicy } from "./routing-policy.ts";

/** Any of them, each as likely as the others. */
export const random: RoutingPolicy = {
  name: "random",
  balances: true,
  choose: (candidates, surroundings) =>
    candidates[Math.floor(surroundings.random() * candidates.length)] ?? candidates[0],
};
