import { join } from "node:path";
import type { RecordStore } from "@catenary/core";
import { describeRecordStore } from "@catenary/testing/conformance";
import { onTestFinished } from "vitest";
import { type SqliteStores, sqliteStores } from "../src/sqlite-stores.ts";
import { temporaryFolder } from "./fixtures/temporary-folder.ts";

const pathOf = new WeakMap<RecordStore, string>();

function open(path: string): RecordStore {
  const stores: SqliteStores = sqliteStores({ path, durability: "normal" });
  onTestFinished(() => stores.close());
  pathOf.set(stores.records, path);
  return stores.records;
}

describeRecordStore("sqliteStores({ path }).records", {
  create: () => open(join(temporaryFolder(), "records.db")),
  openAnother: (store) => open(pathOf.get(store) ?? ""),
});

describeRecordStore('sqliteStores({ path: ":memory:" }).records', { create: () => open(":memory:") });
