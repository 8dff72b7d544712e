import type { Json, RecordStore } from "@catenary/core";
import { SHEETS } from "./sheets-in-memory.ts";
import type { Ticks } from "./ticks.ts";

/** What only the surface knows of an entry: by which id clients know it, since when, and what they wrote. */
export interface Sheet {
  /** In microseconds since the Unix epoch. */
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Where clients know it by another id than the registry. */
  readonly wireId?: string;
  /** As a client wrote it. */
  readonly baseUrl?: string;
  /** What its backend made of it. One that is elsewhere by now was moved since, by the program that serves it. */
  readonly openedUrl?: string;
}

/**
 * The sheets of all entries of one noun, kept beside the records. What nobody made over HTTP has none: it counts as made when it was
 * first seen in this process.
 */
export class Ledger {
  readonly #store: RecordStore;
  readonly #kind: string;
  readonly #tick: Ticks;
  readonly #firstSeen = new Map<string, Sheet>();

  constructor(store: RecordStore, noun: string, tick: Ticks) {
    this.#store = store;
    this.#kind = `${SHEETS}${noun}`;
    this.#tick = tick;
  }

  /** The sheets of these entries, in their order. */
  async of(keys: readonly string[]): Promise<readonly Sheet[]> {
    const kept = new Map((await this.#store.list(this.#kind)).map(({ id, value }) => [id, toSheet(value)]));
    return keys.map((key) => kept.get(key) ?? this.see(key));
  }

  async get(key: string): Promise<Sheet> {
    return toSheet(await this.#store.get(this.#kind, key)) ?? this.see(key);
  }

  /** Begins a sheet. */
  async begin(key: string, parts: Omit<Sheet, "createdAt" | "updatedAt"> = {}): Promise<Sheet> {
    const now = this.#tick();
    return this.put(key, { createdAt: now, updatedAt: now, ...parts });
  }

  /** The same sheet, changed now. */
  touch(key: string, before: Sheet, parts: Partial<Sheet> = {}): Promise<Sheet> {
    return this.put(key, { ...before, ...parts, updatedAt: this.#tick() });
  }

  /** Keeps the sheets of those that have none, so that they are as old after a restart as they are now. */
  async keep(keys: readonly string[]): Promise<void> {
    const kept = new Set((await this.#store.list(this.#kind)).map(({ id }) => id));
    for (const key of keys) if (!kept.has(key)) await this.put(key, this.see(key));
  }

  async put(key: string, sheet: Sheet): Promise<Sheet> {
    await this.#store.put(this.#kind, key, { ...sheet });
    return sheet;
  }

  async remove(key: string): Promise<void> {
    this.#firstSeen.delete(key);
    await this.#store.delete(this.#kind, key);
  }

  /** The sheet of what nobody made over HTTP. */
  see(key: string): Sheet {
    let sheet = this.#firstSeen.get(key);
    if (sheet === undefined) {
      const now = this.#tick();
      sheet = { createdAt: now, updatedAt: now };
      this.#firstSeen.set(key, sheet);
    }
    return sheet;
  }
}

function toSheet(value: Json | undefined): Sheet | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  // Safe: only this class writes them, and both times are looked at.
  const sheet = value as unknown as Sheet;
  return Number.isFinite(sheet.createdAt) && Number.isFinite(sheet.updatedAt) ? sheet : undefined;
}
