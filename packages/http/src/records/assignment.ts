import type { AffinityGroup } from "@catenary/core";
import type { Ledger } from "./ledger.ts";
import type { Rows } from "./rows.ts";

/** What a group has: backends by their ids, or models by their names. */
export type Members = "backends" | "models";

/** Under which id the sheet of an assignment is kept. */
export function assignmentOf(group: string, members: Members, key: string): string {
  return JSON.stringify([group, members, key]);
}

/** What the program has put into groups counts as assigned when it was first seen, in its order, and before what clients assign. */
export async function keepAssignments(groups: Rows<AffinityGroup>, assignments: Ledger): Promise<void> {
  for (const { key, value } of (await groups.list()).toReversed()) {
    const ids = (["backends", "models"] as const).flatMap((members) =>
      (value[members] ?? []).map((member) => assignmentOf(key, members, member)),
    );
    await assignments.keep(ids);
  }
}
