import type { Llama, LlamaModel } from "node-llama-cpp";

/** The weights of a file in memory, which whoever took them gives back. */
export interface Weights {
  readonly model: LlamaModel;
  /** The last one to give them back frees the memory. */
  release(): Promise<void>;
}

interface Entry {
  readonly loading: Promise<LlamaModel>;
  users: number;
  freeing?: Promise<void>;
}

/** A file is in memory once, however many backends of the process use it. */
const entries = new Map<string, Entry>();

/**
 * The weights of a file, loaded where nobody has them.
 *
 * @param key The file, and on which hardware.
 * @param load Called once for all who ask at the same time.
 */
export async function takeWeights(key: string, load: () => Promise<LlamaModel>): Promise<Weights> {
  const known = entries.get(key);
  if (known?.freeing !== undefined) {
    // Twice in memory would be more than was asked for.
    await known.freeing;
    return takeWeights(key, load);
  }
  const entry = known ?? { loading: load(), users: 0 };
  entries.set(key, entry);
  entry.users += 1;
  try {
    const model = await entry.loading;
    return { model, release: once(() => giveBack(key, entry, model)) };
  } catch (error) {
    if (entries.get(key) === entry) entries.delete(key);
    throw error;
  }
}

async function giveBack(key: string, entry: Entry, model: LlamaModel): Promise<void> {
  entry.users -= 1;
  if (entry.users > 0) return;
  entry.freeing = model.dispose();
  try {
    await entry.freeing;
  } finally {
    entries.delete(key);
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= run();
    return done;
  };
}

/** Whether the weights behind a key are in memory, or coming. */
export function hasWeights(key: string): boolean {
  return entries.has(key);
}

/** What loads the weights of one file. */
export function loadWeights(llama: Llama, path: string): Promise<LlamaModel> {
  return llama.loadModel({ modelPath: path });
}
