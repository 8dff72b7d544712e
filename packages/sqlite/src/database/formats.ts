/** `CTNY`: says in the file's header whose database it is. */
export const APPLICATION_ID = 0x43_54_4e_59;

/**
 * What turns one version of the file's format into the next, from an empty file on. What was released is never changed again: a new
 * version is a new element.
 */
export const FORMATS: readonly string[] = [
  // `position` keeps the order in which records were first put; a new one is always higher than all that there are.
  `CREATE TABLE record (
    position INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    value TEXT NOT NULL,
    UNIQUE (kind, id)
  ) STRICT`,
];
