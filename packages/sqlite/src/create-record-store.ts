import type { Json, RecordChange, RecordStore } from "@catenary/core";
import type { Database } from "./database/database.ts";
import { escapeText, unescapeText } from "./escape-text.ts";
import { SqliteError } from "./sqlite-error.ts";

const LIST = "SELECT id, value FROM record WHERE kind = ? ORDER BY position";
const GET = "SELECT value FROM record WHERE kind = ? AND id = ?";
const PUT = `INSERT INTO record (kind, id, value) VALUES (?, ?, ?)
  ON CONFLICT (kind, id) DO UPDATE SET value = excluded.value`;
const DELETE = "DELETE FROM record WHERE kind = ? AND id = ?";

/** Records in the table `record` of a database. */
export function createRecordStore(database: Database): RecordStore {
  return {
    list: (kind) =>
      database.all(LIST, nameText("kind", kind)).map((row) => {
        const id = unescapeText(String(row.id));
        return { id, value: readValue(database, kind, id, row.value) };
      }),
    get(kind, id) {
      const row = database.get(GET, nameText("kind", kind), nameText("id", id));
      return row === undefined ? undefined : readValue(database, kind, id, row.value);
    },
    put(kind, id, value) {
      database.run(PUT, nameText("kind", kind), nameText("id", id), writeValue(kind, id, value));
    },
    delete: (kind, id) => database.run(DELETE, nameText("kind", kind), nameText("id", id)) > 0,
    change(changes) {
      const statements = changes.map(statementOf);
      database.together(() => {
        for (const [sql, ...values] of statements) database.run(sql, ...values);
      });
    },
  };
}

/** Throws where it could not be kept, before any other is made. */
function statementOf(change: RecordChange): readonly [sql: string, ...values: string[]] {
  const { act, kind, id } = change;
  const name = [nameText("kind", kind), nameText("id", id)] as const;
  return act === "put" ? [PUT, ...name, writeValue(kind, id, change.value)] : [DELETE, ...name];
}

function nameText(what: "kind" | "id", name: unknown): string {
  if (typeof name === "string") return escapeText(name);
  throw new SqliteError(
    "record_invalid",
    `a record's ${what} is a string; got ${name === null ? "null" : typeof name}`,
  );
}

function writeValue(kind: string, id: string, value: Json): string {
  try {
    const text: unknown = JSON.stringify(value);
    if (typeof text === "string") return text;
  } catch {
    // Told below, without the platform's words: those may quote the value.
  }
  throw new SqliteError(
    "record_invalid",
    `the record ${JSON.stringify(id)} of the kind ${JSON.stringify(kind)} cannot be kept: its value must be plain JSON data; got ${typeof value}`,
    { details: { kind, id } },
  );
}

function readValue({ path }: Database, kind: string, id: string, text: unknown): Json {
  try {
    return JSON.parse(String(text));
  } catch {
    throw new SqliteError(
      "database_corrupt",
      `the database ${path}: the record ${JSON.stringify(id)} of the kind ${JSON.stringify(kind)} is no JSON any more, so something else has written it. Put it anew, or delete it`,
      { details: { kind, id } },
    );
  }
}
