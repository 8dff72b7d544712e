import { stat } from "node:fs/promises";
import { BrokenFile, checkHeader } from "./check-header.ts";

/** How the files of a model in several parts are named. */
const PART = /-\d{5}-of-(\d{5})\.gguf$/;

/**
 * Checks the other parts of a model, which the library reads as well.
 *
 * @param path Of its first part, or of the only one.
 * @throws BrokenFile
 */
export async function checkParts(path: string, signal: AbortSignal | undefined): Promise<void> {
  const count = Number(PART.exec(path)?.[1] ?? 1);
  const start = path.replace(PART, "");
  for (let part = 2; part <= count; part += 1) {
    const name = `${start}-${numbered(part)}-of-${numbered(count)}.gguf`;
    const found = await stat(name).catch(() => undefined);
    if (found === undefined) throw new BrokenFile(`its part ${part} of ${count} is not beside it`);
    await checkHeader(name, found.size, signal, { isFirst: false });
  }
}

const numbered = (part: number) => String(part).padStart(5, "0");
