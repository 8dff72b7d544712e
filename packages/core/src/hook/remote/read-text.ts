import { orAborted } from "../../surroundings/abort.ts";

/**
 * Reads an answer's body as UTF-8, at most `maxBytes` of it. What comes after is not downloaded; then `isWhole` is false.
 * Rejects with the signal's reason when that aborts, even if the body ignores it.
 */
export async function readText(
  response: Response,
  maxBytes: number,
  signal: AbortSignal,
): Promise<{ readonly text: string; readonly isWhole: boolean }> {
  const reader = response.body?.getReader();
  if (reader === undefined) return { text: "", isWhole: true };
  // A byte order mark is no JSON, and it is kept so that this shows.
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  let text = "";
  let room = maxBytes;
  try {
    for (;;) {
      const { done, value } = await orAborted(reader.read(), signal);
      if (done) return { text: text + decoder.decode(), isWhole: true };
      text += decoder.decode(value.subarray(0, room), { stream: true });
      room -= value.byteLength;
      if (room < 0) return { text, isWhole: false };
    }
  } finally {
    // Ends the download where it was not read to its end; nobody waits for how that goes.
    reader.cancel().catch(() => {});
  }
}
