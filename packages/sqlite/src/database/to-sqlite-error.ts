import { SqliteError, type SqliteErrorCode } from "../sqlite-error.ts";

interface Kind {
  readonly code: SqliteErrorCode;
  /** SQLite's result codes, without what extends them. */
  readonly results: readonly number[];
  /** SQLite's own words, for platforms that tell no code. */
  readonly words: readonly string[];
  /** What happened, and what to do. */
  readonly tell: string;
  /** Whether the same can succeed a little later. */
  readonly canPass?: true;
  /** Whether the connection is of no use any more. */
  readonly isBroken?: true;
}

const KINDS: readonly Kind[] = [
  {
    code: "database_busy",
    results: [5, 6],
    words: ["database is locked", "database table is locked"],
    tell: "another process was writing all the time. Try again, raise `busyTimeoutMs`, or let fewer processes write",
    canPass: true,
  },
  {
    code: "database_readonly",
    results: [8],
    words: ["attempt to write a readonly database"],
    tell: "it can only be read. Make the file and its folder writable for this user",
  },
  {
    code: "database_full",
    results: [13],
    words: ["database or disk is full"],
    tell: "the disk is full, and the change was not made. Free some room and try again",
    canPass: true,
  },
  {
    code: "database_corrupt",
    results: [11, 26],
    words: ["database disk image is malformed", "file is not a database"],
    tell: "the file is damaged, or no database. Put back a copy, save what can be saved with `sqlite3 FILE .recover`, or move it away together with its -wal and -shm to begin without",
    isBroken: true,
  },
  {
    code: "database_failed",
    results: [10],
    words: ["disk I/O error"],
    tell: "the disk failed, and the change was not made. Look after the disk; the file is opened anew at the next use",
    canPass: true,
    isBroken: true,
  },
  {
    code: "path_refused",
    results: [14],
    words: ["unable to open database file"],
    tell: "it cannot be opened. This user has to be able to write the file and its folder",
    isBroken: true,
  },
];

const OTHER: Omit<Kind, "tell"> = { code: "database_failed", results: [], words: [] };

export interface ExplainedFailure {
  readonly error: SqliteError;
  readonly isBroken: boolean;
}

/** What the platform's SQLite threw, with what to do. Its message is kept, since SQLite quotes no values in it. */
export function toSqliteError(path: string, thrown: unknown): ExplainedFailure {
  if (thrown instanceof SqliteError) return { error: thrown, isBroken: false };
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  const result = resultOf(thrown);
  const kind = KINDS.find(({ results, words }) =>
    result === undefined ? words.some((word) => said.includes(word)) : results.includes(result),
  );
  const { code, canPass, isBroken } = kind ?? OTHER;
  const message = kind === undefined ? `SQLite says: ${said}` : `${kind.tell} (SQLite says: ${said})`;
  const error = new SqliteError(code, `the database ${path}: ${message}`, {
    ...(canPass && { failure: "unavailable" }),
    cause: thrown,
  });
  return { error, isBroken: isBroken === true };
}

/** `errcode` in Node, `errno` in Bun; Deno has none. */
function resultOf(thrown: unknown): number | undefined {
  if (typeof thrown !== "object" || thrown === null) return undefined;
  for (const name of ["errcode", "errno"]) {
    const value: unknown = Reflect.get(thrown, name);
    if (typeof value === "number") return value & 0xff;
  }
  return undefined;
}
