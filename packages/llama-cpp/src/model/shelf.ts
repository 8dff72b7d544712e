/** Something that takes memory until it is disposed of. */
export interface Heavy {
  dispose(): Promise<void>;
}

/** A thing from a shelf, which whoever took it gives back. */
export interface Taken<T> {
  readonly thing: T;
  /** The last one to give it back frees its memory. */
  release(): Promise<void>;
}

/** Things that are in memory once, however many use them. */
export interface Shelf<T> {
  /**
   * A thing, made where nobody has it.
   *
   * @param make Called once for all who ask at the same time.
   */
  take(key: string, make: () => Promise<T>): Promise<Taken<T>>;
  /** Whether it is in memory, or coming. */
  has(key: string): boolean;
}

interface Entry<T> {
  readonly making: Promise<T>;
  users: number;
  freeing?: Promise<void>;
}

export function createShelf<T extends Heavy>(): Shelf<T> {
  const entries = new Map<string, Entry<T>>();

  const take = async (key: string, make: () => Promise<T>): Promise<Taken<T>> => {
    const known = entries.get(key);
    if (known?.freeing !== undefined) {
      // Twice in memory would be more than was asked for.
      await known.freeing;
      return take(key, make);
    }
    const entry = known ?? { making: make(), users: 0 };
    entries.set(key, entry);
    entry.users += 1;
    try {
      const thing = await entry.making;
      return { thing, release: once(() => giveBack(key, entry, thing)) };
    } catch (error) {
      if (entries.get(key) === entry) entries.delete(key);
      throw error;
    }
  };
  const giveBack = async (key: string, entry: Entry<T>, thing: T): Promise<void> => {
    entry.users -= 1;
    if (entry.users > 0) return;
    entry.freeing = thing.dispose().finally(() => entries.delete(key));
    await entry.freeing;
  };
  return { take, has: (key) => entries.has(key) };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= run();
    return done;
  };
}
