export type { SqliteSettings } from "./settings.ts";
export { SqliteError, type SqliteErrorCode, type SqliteErrorOptions } from "./sqlite-error.ts";
export { type SqliteStores, sqliteStores } from "./sqlite-stores.ts";
