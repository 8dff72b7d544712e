import type { Connection } from "../driver/driver.ts";

/** The only number of the only row. */
export function readNumber(connection: Connection, sql: string): number {
  return Number(Object.values(connection.prepare(sql).get() ?? {})[0]);
}
