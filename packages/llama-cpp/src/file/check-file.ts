import { open, stat } from "node:fs/promises";
import { ModelError } from "@catenary/core";
import { messageOf } from "../message-of.ts";
import type { Origin } from "../origin.ts";

const MAGIC = "GGUF";

/**
 * Refuses a path where no GGUF file is.
 *
 * @throws ModelError `unavailable`
 */
export async function checkFile(path: string, origin: Origin): Promise<void> {
  const start = await readStart(path, origin);
  if (start === MAGIC) return;
  const found = start === "" ? "is empty" : `begins with ${JSON.stringify(start)}, not with ${MAGIC}`;
  throw fileError(
    origin,
    `${path} is not a GGUF file: it ${found}. Expected a model in llama.cpp's format, whole and not packed`,
  );
}

async function readStart(path: string, origin: Origin): Promise<string> {
  try {
    // A pipe would be waited for, for ever.
    const found = await stat(path);
    if (!found.isFile() && !found.isDirectory()) throw new Error("it is neither a file nor a link to one");
    const file = await open(path, "r");
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(MAGIC.length), 0, MAGIC.length, 0);
      return buffer.toString("latin1", 0, bytesRead);
    } finally {
      await file.close();
    }
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    const told =
      code === "ENOENT"
        ? `there is no file at ${path}: put the model's GGUF file there, or give its path in \`models\``
        : `${path} cannot be read (${messageOf(cause)}): give the path of a GGUF file that this process may read`;
    throw fileError(origin, told, cause);
  }
}

/** A failure of a model's file: another backend may have the model. */
export function fileError({ backend, model }: Origin, told: string, cause?: unknown): ModelError {
  return new ModelError(`model ${model}: ${told}`, { failure: "unavailable", backend, model, cause });
}
