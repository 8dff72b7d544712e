import type { DeclaredModel, Runtime } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";

/** What the runtime embeds with where nobody names a model is in it, so it stays what it is, as in the original. */
const EMBED_GROUP = "internal_embed_group";

/** Refuses a change of the group that embeddings are made in, or of which models it has. */
export function refuseEmbedGroup(groupId: string): void {
  if (groupId !== EMBED_GROUP) return;
  throw new HttpError(
    403,
    `the affinity group ${EMBED_GROUP} is immutable: it has what the runtime embeds with. Make a group of your own`,
  );
}

/** Refuses to take from the default embedding model its name, or that it embeds; without `changed`, to take it away. */
export function refuseDefaultEmbedder({ defaults }: Runtime, name: string, changed?: DeclaredModel): void {
  if (defaults.embedding?.model !== name) return;
  if (changed?.name === name && changed.capabilities?.embed === true) return;
  throw new HttpError(
    403,
    // Clients of the original look for its words.
    `serverops: immutable model: ${name} is what the runtime embeds with where nobody names another, so it stays, keeps its name and goes on embedding (canEmbed)`,
  );
}
