import type { Entry, RecordStore, Registry } from "@catenary/core";
import { HttpError } from "../errors/http-error.ts";
import type { Ledger, Sheet } from "./ledger.ts";
import { newestFirst } from "./page.ts";

/** An entry of a registry as clients know it. */
export interface Row<T> {
  /** By which clients know it. */
  readonly id: string;
  /** By which the registry knows it. */
  readonly key: string;
  readonly value: T;
  readonly origin: Entry<T>["origin"];
  readonly sheet: Sheet;
  readonly createdAt: number;
}

export interface RowsOptions<T> {
  /** What one of them is called, for errors. */
  readonly noun: string;
  readonly registry: Registry<T>;
  readonly ledger: Ledger;
  /** Where changes are kept. */
  readonly records: RecordStore;
  readonly keyOf: (value: T) => string;
}

/** The entries of one registry with what the surface keeps of them. What comes from code is read-only here. */
export class Rows<T> {
  readonly #options: RowsOptions<T>;

  constructor(options: RowsOptions<T>) {
    this.#options = options;
    // What the program brought was there before anything that comes over HTTP.
    for (const { id } of options.registry.list()) options.ledger.see(id);
  }

  /** Whatever is there is as old after a restart as it is now, whoever brought it. */
  async keepAges(): Promise<void> {
    const { registry, ledger } = this.#options;
    await ledger.keep(registry.list().map(({ id }) => id));
  }

  /** The newest first. */
  async list(): Promise<readonly Row<T>[]> {
    const { registry, ledger } = this.#options;
    const entries = registry.list();
    const sheets = await ledger.of(entries.map(({ id }) => id));
    return entries.flatMap((entry, index) => toRow(entry, sheets[index]) ?? []).sort(newestFirst);
  }

  async find(id: string): Promise<Row<T> | undefined> {
    return (await this.list()).find((row) => row.id === id);
  }

  /** By the id, or else by what the registry calls it. */
  async require(id: string): Promise<Row<T>> {
    const rows = await this.list();
    const row = rows.find((one) => one.id === id) ?? rows.find((one) => one.key === id);
    if (row === undefined) throw this.notFound(id);
    return row;
  }

  notFound(id: string): HttpError {
    return new HttpError(404, `not found: there is no ${this.#options.noun} ${JSON.stringify(id.slice(0, 200))}`);
  }

  async create(value: T, parts: Omit<Sheet, "createdAt" | "updatedAt"> = {}): Promise<Row<T>> {
    const { registry, ledger, keyOf } = this.#options;
    const key = keyOf(value);
    if (registry.entry(key) !== undefined) throw this.taken(key);
    const sheet = await ledger.begin(key, parts);
    return rowOf(await this.#register(value), sheet);
  }

  /** Replaces the value; where its key is another one it moves there, and clients go on calling it by its id. */
  async update(row: Row<T>, value: T, parts: Partial<Sheet> = {}): Promise<Row<T>> {
    const { registry, ledger, keyOf, records } = this.#options;
    this.refuseCode(row);
    const key = keyOf(value);
    if (key === row.key) {
      const entry = await registry.update(key, value, { records });
      return rowOf(entry, await ledger.touch(key, row.sheet, parts));
    }
    if (registry.entry(key) !== undefined) throw this.taken(key);
    const sheet = await ledger.touch(key, row.sheet, { ...parts, wireId: row.id });
    const entry = await this.#register(value);
    await this.remove(row);
    return rowOf(entry, sheet);
  }

  /** Replaces what of the value is told by other requests. For clients the entry is as old as it was. */
  async refill(row: Row<T>, value: T): Promise<void> {
    const { registry, records } = this.#options;
    this.refuseCode(row);
    await registry.update(row.key, value, { records });
  }

  async remove(row: Row<T>): Promise<void> {
    const { registry, records } = this.#options;
    this.refuseCode(row);
    await registry.delete(row.key, { records });
    await this.#options.ledger.remove(row.key);
  }

  /** @param id Of the one that is there, where it is what was meant. */
  taken(name: string, id?: string): HttpError {
    const { noun } = this.#options;
    const article = /^[aeiou]/.test(noun) ? "an" : "a";
    const there = `there is ${article} ${noun} ${JSON.stringify(name.slice(0, 200))}`;
    return new HttpError(
      409,
      `already exists: ${there}${id === undefined ? "" : `; PUT to its id, ${id}, changes it`}`,
    );
  }

  refuseCode({ id, origin }: Row<T>): void {
    if (origin !== "code") return;
    throw new HttpError(
      409,
      `the ${this.#options.noun} ${JSON.stringify(id)} is part of the program and read-only here: change it there`,
    );
  }

  #register(value: T): Promise<Entry<T>> {
    const { registry, records } = this.#options;
    return registry.create(value, { origin: "record", records });
  }
}

function toRow<T>(entry: Entry<T>, sheet: Sheet | undefined): Row<T> | undefined {
  return sheet === undefined ? undefined : rowOf(entry, sheet);
}

function rowOf<T>({ id: key, value, origin }: Entry<T>, sheet: Sheet): Row<T> {
  return { id: sheet.wireId ?? key, key, value, origin, sheet, createdAt: sheet.createdAt };
}
