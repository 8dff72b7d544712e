import { changingTests } from "./changing-tests.ts";
import { keepingTests } from "./keeping-tests.ts";
import type { RecordStoreTest } from "./record-store-test.ts";

/** Everything that a store of records is held to, by the sentence that says it. */
export const recordStoreTests = { ...keepingTests, ...changingTests } satisfies Record<string, RecordStoreTest>;

export type RecordStoreTestName = keyof typeof recordStoreTests;
