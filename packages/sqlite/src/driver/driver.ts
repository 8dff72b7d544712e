/** What a column can hold and a statement can be given. */
export type SqlValue = string | number | null;

export type Row = Readonly<Record<string, unknown>>;

export interface Statement {
  /** How many rows were changed. */
  run(...values: readonly SqlValue[]): number;
  /** The first row. */
  get(...values: readonly SqlValue[]): Row | undefined;
  all(...values: readonly SqlValue[]): readonly Row[];
}

export interface Connection {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  /** Frees the statements too. */
  close(): void;
}

/** Opens a database, and makes the file where there is none. `:memory:` is a database without a file. */
export type Driver = (path: string) => Connection;
