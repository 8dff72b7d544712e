import type { DeclaredModel } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { Surface } from "../surface.ts";
import { forgetMember } from "./group-members.ts";
import { refuseDefaultEmbedder } from "./keep-embedding.ts";
import { declaredOf, type ModelInput } from "./model-body.ts";
import { recordBookOf } from "./record-book.ts";
import type { Row } from "./rows.ts";

const MOST_TOKENS = 2 ** 31 - 1;

export async function createModel(surface: Surface, input: ModelInput): Promise<Row<DeclaredModel>> {
  const { models } = recordBookOf(surface);
  checkInput(input);
  const declared = declaredOf(input);
  const known = (await models.list()).find(({ id, key }) => id === declared.name || key === declared.name);
  if (known !== undefined) throw models.taken(declared.name, known.origin === "record" ? known.id : undefined);
  return models.create(declared);
}

/** Where it gets another name its id stays, and so does its place in its groups. */
export async function updateModel(surface: Surface, id: string, input: ModelInput): Promise<Row<DeclaredModel>> {
  const { models } = recordBookOf(surface);
  if (input.id !== undefined && input.id !== "" && input.id !== id)
    throw new HttpError(422, "the id in the body is not the one in the path: leave it out", { param: "id" });
  checkInput(input);
  const row = await models.require(id);
  const declared = declaredOf(input, row.value);
  models.refuseCode(row);
  refuseDefaultEmbedder(surface.runtime, row.key, declared);
  const changed = await models.update(row, declared);
  if (changed.key !== row.key) await forgetMember(surface, "models", row.key, changed.key);
  return changed;
}

export async function removeModel(surface: Surface, name: string, isPurge: boolean): Promise<void> {
  const { runtime } = surface;
  const { models } = recordBookOf(surface);
  const row = (await models.list()).find(({ key }) => key === name);
  if (row === undefined) throw models.notFound(name);
  refuseDefaultEmbedder(runtime, name);
  await models.remove(row);
  await forgetMember(surface, "models", name);
  if (!isPurge) return;
  for (const { id, model } of runtime.downloads.list()) if (model === name) runtime.downloads.delete(id);
}

function checkInput({ model = "", contextLength = 0, ...input }: ModelInput): void {
  if (model === "") throw refuse(400, "model", "model name is required");
  if (contextLength === 0) throw refuse(400, "contextLength", "context length is required, in tokens");
  if (contextLength < 0) throw refuse(422, "contextLength", "context length must be above 0");
  if (contextLength > MOST_TOKENS) throw refuse(400, "contextLength", `context length is at most ${MOST_TOKENS}`);
  if (![input.canChat, input.canEmbed, input.canPrompt, input.canStream].includes(true))
    throw refuse(400, "canChat", "capabilities are required: canChat, canEmbed, canPrompt or canStream");
}

function refuse(status: number, field: string, problem: string): HttpError {
  return new HttpError(status, `invalid model: ${problem}`, { param: field });
}
