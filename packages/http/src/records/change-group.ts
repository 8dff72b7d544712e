import type { AffinityGroup } from "@catenary/core";
import type { Surface } from "../surface.ts";
import { forgetAssignments } from "./group-members.ts";
import { refuseEmbedGroup } from "./keep-embedding.ts";
import { recordBookOf } from "./record-book.ts";
import type { Row } from "./rows.ts";

export interface GroupSettings {
  readonly name: string;
  readonly purpose: string;
}

/** A new group has no models, so that nothing is fetched onto its backends that nobody assigned. */
export async function createGroup(surface: Surface, settings: GroupSettings): Promise<Row<AffinityGroup>> {
  const { groups } = recordBookOf(surface);
  await refuseTaken(surface, settings);
  return groups.create({ id: surface.ids(), ...settings, backends: [], models: [] });
}

export async function updateGroup(
  surface: Surface,
  row: Row<AffinityGroup>,
  settings: GroupSettings,
): Promise<Row<AffinityGroup>> {
  const { groups } = recordBookOf(surface);
  groups.refuseCode(row);
  refuseEmbedGroup(row.key);
  await refuseTaken(surface, settings, row.id);
  return groups.update(row, { ...row.value, ...settings });
}

export async function removeGroup(surface: Surface, row: Row<AffinityGroup>): Promise<void> {
  await recordBookOf(surface).groups.remove(row);
  await forgetAssignments(surface, row);
}

async function refuseTaken(surface: Surface, { name }: GroupSettings, exceptId?: string): Promise<void> {
  const { groups } = recordBookOf(surface);
  const others = (await groups.list()).filter(({ id }) => id !== exceptId);
  if (others.some(({ id, value }) => (value.name ?? id) === name)) throw groups.taken(name);
}
