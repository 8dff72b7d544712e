import type { AffinityGroup } from "./affinity-group.ts";

/**
 * The groups that every runtime has, under the names that contenox/runtime gives them. They begin empty, and calls that name
 * none of them are not held to them.
 */
export const INTERNAL_GROUPS: readonly AffinityGroup[] = [
  { id: "internal_embed_group", name: "Embedder", purpose: "Internal Embeddings", backends: [] },
  { id: "internal_tasks_group", name: "Tasks", purpose: "Internal Tasks", backends: [] },
  { id: "internal_chat_group", name: "Chat", purpose: "Internal Chat", backends: [] },
];

/** A program that gives members to an internal group need not repeat its name and its purpose. */
export function asInternal(group: AffinityGroup): AffinityGroup {
  // What is no group at all is left to the check of the registry, for those who write JavaScript.
  const known = INTERNAL_GROUPS.find(({ id }) => id === group?.id);
  return known === undefined ? group : { ...known, ...group };
}
