import type { AffinityGroup } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { Surface } from "../surface.ts";
import { assignmentOf, type Members } from "./assignment.ts";
import { recordBookOf } from "./record-book.ts";
import type { Row } from "./rows.ts";

/** The keys of a group's members, the last that was assigned first. */
export async function membersOf(
  surface: Surface,
  group: Row<AffinityGroup>,
  members: Members,
): Promise<readonly string[]> {
  const keys = group.value[members] ?? [];
  const times = await assignedAt(
    surface,
    keys.map((key) => [group.key, key]),
    members,
  );
  return newest(keys, times);
}

/** The groups that have a member, the last to which it was assigned first. */
export async function groupsWith(
  surface: Surface,
  members: Members,
  key: string,
): Promise<readonly Row<AffinityGroup>[]> {
  const all = await recordBookOf(surface).groups.list();
  // Of what nobody assigned over HTTP the newest group counts as the last.
  const groups = all.filter(({ value }) => value[members]?.includes(key)).toReversed();
  const times = await assignedAt(
    surface,
    groups.map((group) => [group.key, key]),
    members,
  );
  return newest(groups, times);
}

export async function assign(
  surface: Surface,
  group: Row<AffinityGroup>,
  members: Members,
  key: string,
): Promise<void> {
  const { groups, assignments } = recordBookOf(surface);
  groups.refuseCode(group);
  const before = group.value[members] ?? [];
  if (before.includes(key)) throw new HttpError(409, `already exists: ${JSON.stringify(key)} is in this group`);
  await assignments.begin(assignmentOf(group.key, members, key));
  await groups.refill(group, { ...group.value, [members]: [...before, key] });
  askAnew(surface, { ...group.value, [members]: [key] });
}

export async function unassign(
  surface: Surface,
  group: Row<AffinityGroup>,
  members: Members,
  key: string,
): Promise<void> {
  const { groups, assignments } = recordBookOf(surface);
  const before = group.value[members] ?? [];
  if (!before.includes(key)) throw new HttpError(404, `not found: ${JSON.stringify(key)} is not in this group`);
  await groups.refill(group, { ...group.value, [members]: before.filter((one) => one !== key) });
  await assignments.remove(assignmentOf(group.key, members, key));
}

/** Takes out of every group what is no longer there, or puts in its place what it is called now. Groups of the program stay. */
export async function forgetMember(surface: Surface, members: Members, key: string, newKey?: string): Promise<void> {
  const { groups, assignments } = recordBookOf(surface);
  for (const group of await groupsWith(surface, members, key)) {
    if (group.origin === "code") continue;
    const old = assignmentOf(group.key, members, key);
    if (newKey !== undefined)
      await assignments.put(assignmentOf(group.key, members, newKey), await assignments.get(old));
    const kept = (group.value[members] ?? []).flatMap((one) => (one === key ? (newKey ?? []) : one));
    await groups.refill(group, { ...group.value, [members]: kept });
    await assignments.remove(old);
  }
}

/** Of a group that is gone. */
export async function forgetAssignments(surface: Surface, { key, value }: Row<AffinityGroup>): Promise<void> {
  const { assignments } = recordBookOf(surface);
  for (const members of ["backends", "models"] as const)
    for (const member of value[members] ?? []) await assignments.remove(assignmentOf(key, members, member));
}

/** Somebody who assigns what they cancelled before, or what failed, wants it now. */
function askAnew({ runtime }: Surface, { backends, models = [] }: AffinityGroup): void {
  for (const { id, state, backend, model } of runtime.downloads.list()) {
    const isOver = state === "cancelled" || state === "failed";
    if (isOver && backends.includes(backend) && models.includes(model)) runtime.downloads.delete(id);
  }
}

async function assignedAt(
  surface: Surface,
  pairs: readonly (readonly [group: string, key: string])[],
  members: Members,
): Promise<readonly number[]> {
  const ids = pairs.map(([group, key]) => assignmentOf(group, members, key));
  const sheets = await recordBookOf(surface).assignments.of(ids);
  return sheets.map(({ createdAt }) => createdAt);
}

function newest<T>(items: readonly T[], times: readonly number[]): readonly T[] {
  return items
    .map((item, index) => ({ item, at: times[index] ?? 0 }))
    .sort((one, other) => other.at - one.at)
    .map(({ item }) => item);
}
