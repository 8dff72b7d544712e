import type { StoredRecord } from "../store/record-store.ts";
import { describeKind } from "../value/describe-kind.ts";
import type { ChangeOptions, Entry, KeepOptions, Origin } from "./entry.ts";
import { idFixed, idMissing, idTaken, idUnknown, isInternal, isNoRecord, originUnknown } from "./refusals.ts";
import { type RegistryRecords, recordText } from "./registry-records.ts";
import { Turns } from "./turns.ts";

export interface RegistryOptions<T> {
  /** What one entry is called, for errors: `backend`. */
  readonly noun: string;
  readonly idOf: (value: T) => string;
  /** Throws where a value is not what is kept here. */
  readonly check?: (value: T) => void;
  /** Throws where a value may not be given here. Records are read all the same: other processes may have more than this one. */
  readonly checkGiven?: (value: T) => void;
  readonly records?: RegistryRecords<T>;
  /** What is there without anybody having given it, as long as nothing else has its id. */
  readonly internal?: readonly T[];
  /** Called after each change. */
  readonly onChange?: () => void;
}

/**
 * Everything of one noun that a runtime knows, by id. Can be changed at any time; runs that have begun are not affected
 * by it, except that the next model or hook call sees the change.
 */
export class Registry<T> {
  readonly #options: RegistryOptions<T>;
  readonly #entries = new Map<string, Entry<T>>();
  /** The records of which entries were made. */
  readonly #texts = new Map<string, string>();
  /** Ids of records that are on their way into the store. */
  readonly #claimed = new Set<string>();
  /** Changes that wait for the record store, so that store and registry always end up the same. */
  readonly #turns = new Turns();
  /** Whether the records were read: before that nobody knows which ids they have. */
  #isLoaded = false;
  #version = 0;

  constructor(options: RegistryOptions<T>, values: Iterable<T> = []) {
    this.#options = options;
    for (const value of values) this.#insert(value, "code");
    for (const value of options.internal ?? []) {
      const id = this.#idOf(value);
      if (!this.#entries.has(id)) this.#place({ id, origin: "internal", value });
    }
  }

  /** Another number after each change. */
  get version(): number {
    return this.#version;
  }

  /** In the order in which they were added. */
  list(): readonly Entry<T>[] {
    return [...this.#entries.values()];
  }

  get(id: string): T | undefined {
    return this.#entries.get(id)?.value;
  }

  entry(id: string): Entry<T> | undefined {
    return this.#entries.get(id);
  }

  /** The value; throws `not_found` where nobody has this id. */
  require(id: string): T {
    return this.#existing(id).value;
  }

  /** Throws `already_exists` where the id is taken. */
  async create(value: T, options: ChangeOptions = {}): Promise<Entry<T>> {
    const id = this.#idOf(value);
    const origin = this.#originOf(id, options);
    this.#options.checkGiven?.(value);
    this.#refuseTaken(id);
    if (origin === "code") return this.#set({ id, origin, value });
    this.#claimed.add(id);
    try {
      return await this.#turns.take(async () => {
        if (!this.#isLoaded) await this.#loadRecords();
        if (this.#entries.has(id)) throw idTaken(this.#options.noun, id);
        await this.#keep(value, options);
        return this.#set({ id, origin, value });
      });
    } finally {
      this.#claimed.delete(id);
    }
  }

  /** Replaces the entry of this id; its origin stays. Throws `not_found`, or `invalid_entry` where the new value has another id. */
  async update(id: string, value: T, options: KeepOptions = {}): Promise<Entry<T>> {
    if (this.#mayBeRecord(id)) await this.load();
    const { origin } = this.#existing(id);
    const newId = this.#idOf(value);
    if (newId !== id) throw idFixed(this.#options.noun, id, newId);
    this.#options.checkGiven?.(value);
    if (origin === "code" || this.#options.records === undefined) return this.#set({ id, origin, value });
    return this.#turns.take(async () => {
      this.#existing(id);
      await this.#keep(value, options);
      return this.#set({ id, origin, value });
    });
  }

  /** Throws `not_found`, or `internal_entry` where the runtime needs it. */
  async delete(id: string, options: KeepOptions = {}): Promise<void> {
    if (this.#mayBeRecord(id)) await this.load();
    const { origin } = this.#existing(id);
    const { records, noun } = this.#options;
    if (origin === "internal") throw isInternal(noun, id);
    if (origin === "code" || records === undefined) return this.#remove(id);
    await this.#turns.take(async () => {
      this.#existing(id);
      await (options.records ?? records.store).delete(records.kind, id);
      this.#remove(id);
    });
  }

  /**
   * Makes the entries that are records what the record store holds: adds, replaces and removes. Entries from code stay, and win
   * over a record of the same id. A record that cannot be read stays in the store and is no entry. What was not changed
   * keeps its value. Where nobody has called it yet, the first change of a record does.
   */
  load(): Promise<void> {
    return this.#turns.take(() => this.#loadRecords());
  }

  async #loadRecords(): Promise<void> {
    const { records, onChange } = this.#options;
    if (records === undefined) return;
    const before = this.#version;
    const held = new Set<string>();
    for (const record of await records.store.list(records.kind)) {
      const entry = this.#read(records, record);
      if (entry === undefined) continue;
      held.add(entry.id);
      if (entry !== this.#entries.get(entry.id)) this.#place(entry);
    }
    for (const { id, origin } of this.list()) if (!held.has(id)) this.#forget(id, origin);
    this.#isLoaded = true;
    if (this.#version !== before) onChange?.();
  }

  #mayBeRecord(id: string): boolean {
    return !this.#isLoaded && this.#options.records !== undefined && !this.#entries.has(id);
  }

  /** The entry that a record makes: the one that is there, where the record is as it was. */
  #read(records: RegistryRecords<T>, { id, value: record }: StoredRecord): Entry<T> | undefined {
    const known = this.#entries.get(id);
    if (known?.origin === "code") return undefined;
    try {
      const text = recordText(record);
      if (known !== undefined && this.#texts.get(id) === text) return known;
      const value = records.decode(record);
      if (value === undefined || this.#idOf(value) !== id) return undefined;
      this.#texts.set(id, text);
      return { id, origin: known?.origin ?? "record", value };
    } catch {
      return undefined;
    }
  }

  #insert(value: T, origin: Origin): void {
    const id = this.#idOf(value);
    this.#options.checkGiven?.(value);
    this.#refuseTaken(id);
    this.#place({ id, origin, value });
  }

  #set(entry: Entry<T>): Entry<T> {
    this.#place(entry);
    this.#options.onChange?.();
    return entry;
  }

  #remove(id: string): void {
    this.#drop(id);
    this.#options.onChange?.();
  }

  #place(entry: Entry<T>): void {
    this.#entries.set(entry.id, entry);
    this.#version++;
  }

  #drop(id: string): void {
    this.#entries.delete(id);
    this.#texts.delete(id);
    this.#version++;
  }

  /** An entry whose record is gone: what is internal is what it was without one. */
  #forget(id: string, origin: Origin): void {
    if (origin === "record") this.#drop(id);
    if (origin !== "internal" || !this.#texts.delete(id)) return;
    const value = this.#options.internal?.find((one) => this.#idOf(one) === id);
    if (value !== undefined) this.#place({ id, origin, value });
  }

  #idOf(value: T): string {
    const { noun, idOf, check } = this.#options;
    const id: unknown = isObject(value) ? idOf(value) : undefined;
    if (typeof id === "string" && id !== "") {
      check?.(value);
      return id;
    }
    throw idMissing(noun, id === "" ? "an empty one" : describeKind(isObject(value) ? id : value));
  }

  #originOf(id: string, options: unknown): Exclude<Origin, "internal"> {
    const origin: unknown = isObject(options) ? (Reflect.get(options, "origin") ?? "code") : options;
    if (origin === "code" || origin === "record") return origin;
    throw originUnknown(this.#options.noun, id, origin);
  }

  async #keep(value: T, { records: given }: KeepOptions): Promise<void> {
    const { records, noun } = this.#options;
    const id = this.#idOf(value);
    const record = records?.encode(value);
    if (records === undefined || record === undefined) throw isNoRecord(noun, id);
    await (given ?? records.store).put(records.kind, id, record);
    this.#texts.set(id, recordText(record));
  }

  #existing(id: string): Entry<T> {
    const entry = this.#entries.get(id);
    if (entry !== undefined) return entry;
    throw idUnknown(this.#options.noun, id, [...this.#entries.keys()]);
  }

  #refuseTaken(id: string): void {
    if (this.#claimed.has(id) || this.#entries.has(id)) throw idTaken(this.#options.noun, id);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
