import type { HookInvocation } from "@catenary/core";

const LEFT = new Map([
  ["lamp", 3],
  ["sofa", 0],
]);

/** A hook of this process. Its schema refuses what it could not look up, before it is called. */
export const stockOf = {
  description: "How many pieces of an item are left.",
  args: {
    type: "object",
    properties: { item: { type: "string", pattern: "^[a-z]{1,20}$" } },
    required: ["item"],
    additionalProperties: false,
  },
  run: ({ args }: HookInvocation<{ item: string }>) => ({ left: LEFT.get(args.item) ?? 0 }),
  timeoutMs: 1_000,
};
