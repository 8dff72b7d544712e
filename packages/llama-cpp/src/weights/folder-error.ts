import { CatenaryError } from "@catenary/core";
import { writeError } from "./check-room.ts";
import { WeightsError } from "./weights-error.ts";

const UNWRITABLE = ["EACCES", "EPERM", "EROFS", "ENOTDIR", "EEXIST"];

/** What stood in the way of writing into a folder, as one sentence. Whatever is nothing of the kind stays as it is. */
export function folderError(folder: string, error: unknown): unknown {
  if (CatenaryError.isInstance(error)) return error;
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (!(error instanceof Error) || !UNWRITABLE.includes(code)) return writeError(folder, error);
  const message = `${folder} cannot be written: ${error.message}; name another folder in CATENARY_CACHE`;
  return new WeightsError("weights_unavailable", message, { cause: error });
}
